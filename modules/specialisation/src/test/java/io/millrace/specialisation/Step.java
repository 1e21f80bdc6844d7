// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

/** What copies are known by. */
interface Step {
    int apply(int value);
}
