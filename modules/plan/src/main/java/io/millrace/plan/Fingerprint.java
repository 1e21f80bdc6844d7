// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.Map;

/**
 * What every definition of a job must agree on.
 *
 * @param parts hashes by what they cover, such as {@code vertex 2 (count)} or {@code class com.acme.Fraud}, so that a
 *     difference can be named
 */
public record Fingerprint(Map<String, String> parts) {}
