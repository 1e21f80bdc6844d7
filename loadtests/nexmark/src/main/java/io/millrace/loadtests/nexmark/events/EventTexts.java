// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import java.util.List;
import java.util.Random;

/** The strings of events: drawn from pools, so that many events share one. */
final class EventTexts {
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Femi", "Greta", "Hiro", "Ines", "Jonas");
    private static final List<String> LAST_NAMES =
            List.of("Abel", "Berg", "Costa", "Dahl", "Eco", "Fox", "Gray", "Holm", "Ito");
    private static final List<String> CITIES = List.of(
            "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent");
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");
    private static final int CHANNELS = 10_000;
    private static final int POOL = 1_024;
    private static final int CREDIT_CARD_DIGITS = 16;

    private final Random random;
    private final String[] names;
    private final String[] cards;
    private final String[] items;
    private final String[] descriptions;
    private final String[] extras;
    private final String[] channels;
    private final String[] urls;

    EventTexts(Random random) {
        this.random = random;
        this.names = new String[FIRST_NAMES.size() * LAST_NAMES.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = FIRST_NAMES.get(i % FIRST_NAMES.size()) + " " + LAST_NAMES.get(i / FIRST_NAMES.size());
        }
        this.cards = pool('0', 10, CREDIT_CARD_DIGITS, CREDIT_CARD_DIGITS);
        this.items = pool('a', 26, 5, 20);
        this.descriptions = pool('a', 26, 50, 100);
        this.extras = pool('a', 26, 20, 60);
        this.channels = new String[HOT_CHANNELS.size() + CHANNELS];
        this.urls = new String[channels.length];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = i < HOT_CHANNELS.size() ? HOT_CHANNELS.get(i) : "channel-" + (i - HOT_CHANNELS.size());
            urls[i] = "https://www.nexmark.com/" + word('a', 26, 12) + "/item.htm?query=1&channel_id=" + i;
        }
    }

    private String[] pool(char first, int letters, int shortest, int longest) {
        String[] words = new String[POOL];
        for (int i = 0; i < POOL; i++) {
            words[i] = word(first, letters, shortest + random.nextInt(longest - shortest + 1));
        }
        return words;
    }

    private String word(char first, int letters, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) (first + random.nextInt(letters)));
        }
        return word.toString();
    }

    private String any(String[] pool) {
        return pool[random.nextInt(pool.length)];
    }

    String name() {
        return any(names);
    }

    String emailAddress() {
        return any(items) + "@example.com";
    }

    String creditCard() {
        return any(cards);
    }

    String city() {
        return CITIES.get(random.nextInt(CITIES.size()));
    }

    String state() {
        return STATES.get(random.nextInt(STATES.size()));
    }

    String itemName() {
        return any(items);
    }

    String description() {
        return any(descriptions);
    }

    String extra() {
        return any(extras);
    }

    /** Draws a channel: one of the hot ones or of all others. */
    int channel(boolean hot) {
        return hot ? random.nextInt(HOT_CHANNELS.size()) : HOT_CHANNELS.size() + random.nextInt(CHANNELS);
    }

    String channelName(int channel) {
        return channels[channel];
    }

    String channelUrl(int channel) {
        return urls[channel];
    }
}
