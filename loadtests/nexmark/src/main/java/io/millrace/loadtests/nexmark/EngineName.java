// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import java.util.Locale;

/** What a query can run on. */
enum EngineName {
    MILLRACE,
    LOOP;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
