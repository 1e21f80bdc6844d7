// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

/** Finds the class loader of a job's class on this node. Thread-safe. */
@FunctionalInterface
public interface JobClasses {
    ClassLoader loaderOf(String jobClass);
}
