// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.List;
import java.util.SortedMap;

/**
 * What was found by walking through a declared type.
 *
 * @param root the type
 * @param inspected the classes and arrays found that the job did not register, sorted by name
 * @param registered those that it did, by the job's ids
 * @param immutable whether nothing mutable was found
 * @param description the layout of all classes found, in words that change when the bytes do
 */
record TypeInspection(
        ResolvedType root,
        List<Class<?>> inspected,
        SortedMap<Integer, Class<?>> registered,
        boolean immutable,
        String description) {}
