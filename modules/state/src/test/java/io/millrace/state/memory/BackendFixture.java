// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.plan.KeyGroups;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.HeapStorage;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.RunReader;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import io.millrace.state.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes backends for Long keys, and takes their snapshots through files. */
final class BackendFixture {
    static final int MAX_PARALLELISM = 16;

    /** Makes state in the way that the build runs the tests: once each way. */
    static final Specialiser SPECIALISER = "off".equals(System.getProperty("millrace.chain.specialise"))
            ? Specialiser.ordinary()
            : SpecialisedClasses.create().at("0 tested");

    final HeapStorage storage = new HeapStorage();
    final KeyCodec<Object> keyCodec;
    private final RunStore store = RunStore.on(storage);
    private int files;

    BackendFixture(KeyCodec<Object> keyCodec) {
        this.keyCodec = keyCodec;
    }

    KeyedStateBackend backend() {
        return backend(0, MAX_PARALLELISM);
    }

    KeyedStateBackend backend(int firstKeyGroup, int endKeyGroup) {
        return new MemoryStateBackend()
                .create(new KeyedStateSettings(
                        "counts",
                        MAX_PARALLELISM,
                        firstKeyGroup,
                        endKeyGroup,
                        keyCodec,
                        TestCodecs::forType,
                        SPECIALISER));
    }

    int keyGroup(long key) {
        return KeyGroups.ofHash(keyCodec.hash(key), MAX_PARALLELISM);
    }

    /** A hash that falls into the key group, whatever key it is given out for. */
    static int hashIn(int keyGroup) {
        return keyGroup << 28;
    }

    void select(KeyedStateBackend backend, long key) {
        backend.setCurrentKey(key, keyCodec.hash(key));
    }

    StoredFile write(KeyedStateBackend backend) {
        try (StateSnapshot snapshot = backend.snapshot()) {
            return write(snapshot);
        }
    }

    StoredFile write(StateSnapshot snapshot) {
        try {
            return store.write("run-" + files++, snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A backend that was restored from the runs. */
    KeyedStateBackend restored(StoredFile... runs) {
        KeyedStateBackend backend = backend();
        for (StoredFile run : runs) {
            restore(backend, run);
        }
        return backend;
    }

    void restore(KeyedStateBackend backend, StoredFile run) {
        try (RunReader reader = store.open(run)) {
            backend.restore(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
