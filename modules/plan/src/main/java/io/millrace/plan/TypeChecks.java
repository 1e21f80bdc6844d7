// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/** Knows which types can be written; the planner itself knows no codecs. Confined to one planning. */
public interface TypeChecks {
    /** Takes every type. */
    TypeChecks NONE = new TypeChecks() {
        @Override
        public @Nullable String whyNoKey(TypeHint<?> type) {
            return null;
        }

        @Override
        public @Nullable String whyNoValue(TypeHint<?> type) {
            return null;
        }
    };

    /** Why values of the type have no canonical bytes and cannot be keys, with the path to the field; null if they can. */
    @Nullable
    String whyNoKey(TypeHint<?> type);

    /** Why values of the type cannot be written, with the path to the field; null if they can. */
    @Nullable
    String whyNoValue(TypeHint<?> type);
}
