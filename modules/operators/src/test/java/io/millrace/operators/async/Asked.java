// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.api.function.AsyncFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** Answers when the test says so. */
final class Asked implements AsyncFunction<Integer, String> {
    /** A call that has not been answered. */
    record Call(Integer record, CompletableFuture<Collection<String>> answer) {}

    /** Unanswered calls, in the order in which they were made. */
    final List<Call> open = new ArrayList<>();

    /** Every call's record. */
    final List<Integer> all = new ArrayList<>();

    private final Function<Integer, List<String>> answers;
    private final Predicate<Integer> atOnce;

    /**
     * @param answers what each record becomes
     * @param atOnce which calls are answered before they return
     */
    Asked(Function<Integer, List<String>> answers, Predicate<Integer> atOnce) {
        this.answers = answers;
        this.atOnce = atOnce;
    }

    /** Answers a record with its text. */
    static Asked texts() {
        return new Asked(record -> List.of("r" + record), record -> false);
    }

    @Override
    public CompletionStage<Collection<String>> asyncInvoke(Integer record) {
        all.add(record);
        if (atOnce.test(record)) {
            return CompletableFuture.completedFuture(List.copyOf(answers.apply(record)));
        }
        CompletableFuture<Collection<String>> answer = new CompletableFuture<>();
        open.add(new Call(record, answer));
        return answer;
    }

    /** Answers the open call of that position. */
    void answer(int position) {
        Call call = open.remove(position);
        call.answer.complete(answers.apply(call.record));
    }

    /** Answers the first open call about a record. */
    void answerAbout(int record) {
        answer(positionOf(record));
    }

    void fail(int position, Throwable error) {
        open.remove(position).answer.completeExceptionally(error);
    }

    private int positionOf(int record) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).record == record) {
                return i;
            }
        }
        throw new AssertionError("There is no open call about " + record + ": " + open);
    }
}
