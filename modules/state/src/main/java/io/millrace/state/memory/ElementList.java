// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A list that only the engine can change, so that it is handed out as it is. */
final class ElementList<T> extends AbstractList<T> implements RandomAccess {
    private @Nullable Object[] elements;
    private int size;

    /** The version that the list was made in, where it is not told by what holds it. */
    final int version;

    ElementList(int capacity, int version) {
        this.elements = new Object[capacity];
        this.version = version;
    }

    void append(T element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(4, Math.addExact(size, size >>> 1)));
        }
        modCount++;
        elements[size++] = element;
    }

    /** A list of the same elements, with room for one more, for lists are copied to be appended to. */
    ElementList<T> shallowCopy(int newVersion) {
        ElementList<T> copy = new ElementList<>(size + 1, newVersion);
        System.arraycopy(elements, 0, copy.elements, 0, size);
        copy.size = size;
        return copy;
    }

    /** Puts the operator's result in the place of each element. */
    void mapInPlace(UnaryOperator<T> operator) {
        for (int i = 0; i < size; i++) {
            elements[i] = operator.apply(get(i));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the engine alone fills the array, with T
    public T get(int index) {
        return (T) elements[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
        return size;
    }
}
