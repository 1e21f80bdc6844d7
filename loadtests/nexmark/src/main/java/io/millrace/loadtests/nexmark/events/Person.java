// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

/** A person registers, to sell and to bid. */
public record Person(
        long id,
        String name,
        String emailAddress,
        String creditCard,
        String city,
        String state,
        long dateTime,
        String extra)
        implements Event {
    @Override
    public Person shifted(long people, long auctions, long millis) {
        return new Person(id + people, name, emailAddress, creditCard, city, state, dateTime + millis, extra);
    }
}
