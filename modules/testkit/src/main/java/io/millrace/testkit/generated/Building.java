// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.stream.DataStream;
import io.millrace.testkit.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** A job being built: its open streams, each of which ends in a sink when the steps are done. */
final class Building {
    private final List<DataStream<Item>> open = new ArrayList<>();
    private final CaseShape.Surroundings surroundings;
    private SeededRandom random = new SeededRandom(0);
    private int number;
    private int names;

    Building(CaseShape.Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void open(DataStream<Item> stream) {
        open.add(stream);
    }

    void apply(int stepNumber, Step step) {
        if (open.isEmpty()) {
            return;
        }
        random = new SeededRandom(step.seed());
        number = stepNumber;
        names = 0;
        DataStream<Item> in = open.remove(Math.floorMod(step.on(), open.size()));
        step.kind().builder().build(this, in);
    }

    /** Ends what is open. */
    void end() {
        for (int i = 0; i < open.size(); i++) {
            number = i;
            DataStream<String> texts = open.get(i)
                    .process(new Functions.Texts())
                    .name("texts-" + i)
                    .returns(String.class);
            sink(texts, "out-" + i);
        }
    }

    void sink(DataStream<String> texts, String label) {
        texts.sinkTo(surroundings.sinks().apply(label)).uid(label);
    }

    /** Another open stream, which stays open; the given one where there is none. */
    DataStream<Item> another(DataStream<Item> fallback) {
        return open.isEmpty() ? fallback : open.get(random.below(open.size()));
    }

    SeededRandom random() {
        return random;
    }

    /** One where something is to be done wrong in this way, otherwise zero. */
    int slip(Slip slip) {
        return surroundings.slip() == slip ? 1 : 0;
    }

    /** To be called by functions, where things may go wrong. */
    Runnable userCode() {
        return surroundings.userCode();
    }

    /** A name for an operator of the step, the same in every definition. */
    String name(String what) {
        return what + "-" + number + (names++ == 0 ? "" : "-" + names);
    }

    /** Sets what any operator may have set, and opens the stream that it gives. */
    void emit(DataStream<Item> stream) {
        if (random.chance(0.15)) {
            stream.disableChaining();
        }
        if (random.chance(0.15)) {
            stream.setParallelism(random.between(1, 4));
        }
        stream.returns(Item.class);
        open.add(stream);
    }
}
