// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllKeysTest {
    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();
    private final ValueState<Long> longs = backend.valueState(new ValueStateDescriptor<>("longs", Long.class));
    private final ListState<Long> lists = backend.listState(new ListStateDescriptor<>("lists", Long.class));

    @Test
    void noKeyIsCurrentOnceItIsCleared() {
        fixture.select(backend, 5);
        longs.update(1L);
        backend.clearCurrentKey();
        assertThatThrownBy(longs::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no key is current");
        assertThatThrownBy(backend::currentKey).isInstanceOf(IllegalStateException.class);
        fixture.select(backend, 5);
        assertThat(longs.value()).isEqualTo(1L);
    }

    @Test
    void eachKeyThatHoldsSomethingInTheStateIsCurrentOnceAndMayBeChanged() throws Exception {
        for (long key = 0; key < 1_000; key++) {
            fixture.select(backend, key);
            if (key % 2 == 0) {
                longs.update(key);
            } else {
                lists.add(key);
            }
        }
        Set<Object> seen = new HashSet<>();
        try (StateSnapshot snapshot = backend.snapshot()) {
            backend.forEachKey("longs", key -> {
                assertThat(backend.currentKey()).isEqualTo(key);
                assertThat(longs.value()).isEqualTo(key);
                assertThat(seen.add(key)).isTrue();
                // Removes entries, moves others, and makes such of the other state.
                longs.clear();
                if ((long) key % 4 == 0) {
                    lists.add(-1L);
                }
            });
            assertThat(snapshot).isNotNull();
        }
        assertThat(seen).hasSize(500);
        assertThatThrownBy(longs::value).isInstanceOf(IllegalStateException.class);
        Set<Object> left = new HashSet<>();
        backend.forEachKey("longs", left::add);
        assertThat(left).isEmpty();
        backend.forEachKey("lists", left::add);
        assertThat(left).hasSize(750);
    }

    @Test
    void aStateThatNobodyAskedForIsAnError() {
        assertThatThrownBy(() -> backend.forEachKey("unknown", key -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'unknown'");
    }
}
