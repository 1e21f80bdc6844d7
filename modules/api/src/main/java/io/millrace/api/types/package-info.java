// SPDX-License-Identifier: Apache-2.0
/** How job authors name types, and the versioned serializers of splits and committables. */
@NullMarked
package io.millrace.api.types;

import org.jspecify.annotations.NullMarked;
