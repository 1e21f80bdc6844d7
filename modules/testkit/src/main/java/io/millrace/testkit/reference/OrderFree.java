// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

/**
 * Marks a function whose results, taken together, do not depend on the order of its records, nor on when among them
 * its timers fire. The model believes it, and tries two orders.
 */
public interface OrderFree {}
