// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunKeys;
import io.millrace.state.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timers in a heap by time. Those that share their time with one set not long before, such as the ends of windows, are
 * gathered in a bucket of that time, which costs nothing but an append; those of a user's milliseconds stand in the heap
 * one by one. Nodes of one time that have missed each other are joined when they are due.
 *
 * <p>Timers are looked up by key and namespace only where somebody asks whether there is one: {@link #add} and
 * {@link #remove} make the table for that at their first call.
 */
final class MemoryTimers<N> implements TimerQueue<N>, MemoryState {
    /** Log of the number of nodes that are remembered by their time. */
    private static final int RECENT_BITS = 8;

    private final StateDefinition<N, NoNamespace> definition;
    private final CurrentKey keys;
    private final KeyedStateSettings settings;
    private final TimerOrder<N> order;
    private final TimerHeap heap = new TimerHeap();
    private final List<TimerBucket<N>> buckets = new ArrayList<>();
    private final @Nullable TimerNode[] recent = new TimerNode[1 << RECENT_BITS];
    private @Nullable TimerTable<N> table;
    private int size;

    MemoryTimers(StateDefinition<N, NoNamespace> definition, CurrentKey keys, KeyedStateSettings settings) {
        this.definition = definition;
        this.keys = keys;
        this.settings = settings;
        this.order = new TimerOrder<>(definition.keyCodec(), definition.namespaceCodec());
    }

    @Override
    public void add(long timestamp, N namespace) {
        if (table().find(timestamp, keys.key(), keys.hash, namespace) == null) {
            addNew(timestamp, namespace);
        }
    }

    @Override
    public void addNew(long timestamp, N namespace) {
        TimerEntry<N> timer = new TimerEntry<>(timestamp, keys.key(), keys.hash, namespace);
        size++;
        if (table != null) {
            table.add(timer);
        }
        int remembered = rememberedAt(timestamp);
        TimerNode node = recent[remembered];
        if (node == null || node.timestamp != timestamp) {
            heap.add(timer);
            recent[remembered] = timer;
        } else {
            bucketOf(node).add(timer);
        }
    }

    @Override
    public void remove(long timestamp, N namespace) {
        TimerEntry<N> timer = table().find(timestamp, keys.key(), keys.hash, namespace);
        if (timer == null) {
            return;
        }
        table().remove(timer);
        size--;
        TimerBucket<N> bucket = timer.bucket;
        if (bucket == null) {
            removeNode(timer);
        } else {
            bucket.remove(timer);
            removeIfEmpty(bucket);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // all nodes are of N's timers
    public @Nullable Timer<N> pollUntil(long timestamp) {
        TimerNode first = heap.first();
        if (first == null || first.timestamp > timestamp) {
            return null;
        }
        TimerEntry<N> timer;
        if (first instanceof TimerEntry && heap.tied() == null) {
            timer = (TimerEntry<N>) first;
            removeNode(timer);
        } else {
            TimerBucket<N> bucket = bucketOf(first);
            if (!bucket.isSorted() || heap.tied() != null) {
                gather(bucket);
            }
            timer = bucket.poll();
            removeIfEmpty(bucket);
        }
        size--;
        if (table != null) {
            table.remove(timer);
        }
        return new Timer<>(timer.timestamp, timer.key, timer.keyHash, timer.namespace);
    }

    @Override
    public long firstTimestamp() {
        TimerNode first = heap.first();
        return first == null ? Long.MAX_VALUE : first.timestamp;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public StateDefinition<?, ?> definition() {
        return definition;
    }

    @Override
    public FrozenState freeze(FrozenKeys frozenKeys) {
        int nodes = heap.size();
        @Nullable Object[] timers = heap.copy(size - (nodes - buckets.size()));
        int next = nodes;
        for (TimerBucket<N> bucket : buckets) {
            timers[bucket.place] = null;
            next = bucket.copyTo(timers, next);
        }
        return new FrozenTimers<>(
                definition.duplicate(), new GroupedReferences<>(timers, timer -> settings.keyGroupOf(timer.keyHash)));
    }

    @Override
    public void restore(RawEntry entry) {
        ByteReader entryKey = entry.keyReader();
        Object key = RunKeys.readKey(entryKey, definition.keyCodec());
        long timestamp = RunKeys.readTimestamp(entryKey);
        N namespace = definition.namespaceCodec().read(entryKey);
        RunKeys.requireEnd(entryKey, "namespace");
        RunKeys.requireEnd(entry.valueReader(), "timer, which has no value");
        keys.setRestored(key, entry.keyGroup());
        addNew(timestamp, namespace);
    }

    private static int rememberedAt(long timestamp) {
        return (int) (timestamp * 0x9E3779B97F4A7C15L >>> 64 - RECENT_BITS);
    }

    /** The node as a bucket, which takes its place where it is a timer. */
    @SuppressWarnings("unchecked") // all nodes are of N's timers
    private TimerBucket<N> bucketOf(TimerNode node) {
        if (node instanceof TimerBucket) {
            return (TimerBucket<N>) node;
        }
        TimerBucket<N> bucket = new TimerBucket<>(node.timestamp);
        heap.replace(node, bucket);
        bucket.add((TimerEntry<N>) node);
        bucket.listIndex = buckets.size();
        buckets.add(bucket);
        recent[rememberedAt(node.timestamp)] = bucket;
        return bucket;
    }

    /** Takes in what else is of the time of the first bucket, and brings all into order. */
    @SuppressWarnings("unchecked") // all nodes are of N's timers
    private void gather(TimerBucket<N> first) {
        for (TimerNode tied = heap.tied(); tied != null; tied = heap.tied()) {
            removeNode(tied);
            if (tied instanceof TimerBucket) {
                TimerBucket<N> bucket = (TimerBucket<N>) tied;
                forgetBucket(bucket);
                bucket.forEach(first::add);
            } else {
                first.add((TimerEntry<N>) tied);
            }
        }
        first.sort(order);
    }

    private void removeIfEmpty(TimerBucket<N> bucket) {
        if (bucket.live() == 0) {
            removeNode(bucket);
            forgetBucket(bucket);
        }
    }

    private void removeNode(TimerNode node) {
        heap.remove(node);
        int remembered = rememberedAt(node.timestamp);
        if (recent[remembered] == node) {
            recent[remembered] = null;
        }
    }

    private void forgetBucket(TimerBucket<N> bucket) {
        TimerBucket<N> last = buckets.remove(buckets.size() - 1);
        if (last != bucket) {
            buckets.set(bucket.listIndex, last);
            last.listIndex = bucket.listIndex;
        }
    }

    @SuppressWarnings("unchecked") // all nodes are of N's timers
    private TimerTable<N> table() {
        TimerTable<N> made = table;
        if (made == null) {
            made = new TimerTable<>();
            for (Object node : heap.copy(0)) {
                if (node instanceof TimerEntry) {
                    made.add((TimerEntry<N>) node);
                }
            }
            for (TimerBucket<N> bucket : buckets) {
                bucket.forEach(made::add);
            }
            table = made;
        }
        return made;
    }
}
