// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.types.TypeHint;
import io.millrace.plan.TypeChecks;
import io.millrace.serialization.CodecException;
import io.millrace.serialization.Codecs;
import org.jspecify.annotations.Nullable;

/** Looks for the codecs of the types that a job declares, before anything of it runs. Confined to one planning. */
public final class CodecChecks implements TypeChecks {
    private final Codecs codecs;

    private CodecChecks(Codecs codecs) {
        this.codecs = codecs;
    }

    /**
     * Checks for a job that has been defined.
     *
     * @param loader the class loader of the job's classes
     * @throws JobDefinitionException when a class that the job registers cannot be registered
     */
    public static CodecChecks of(LogicalPlan plan, ClassLoader loader) {
        try {
            return new CodecChecks(new Codecs(plan.registeredTypes(), loader));
        } catch (CodecException e) {
            throw new JobDefinitionException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public @Nullable String whyNoKey(TypeHint<?> type) {
        try {
            codecs.forKey(type);
            return null;
        } catch (CodecException e) {
            return e.getMessage();
        }
    }

    @Override
    public @Nullable String whyNoValue(TypeHint<?> type) {
        try {
            codecs.forType(type);
            return null;
        } catch (CodecException e) {
            return e.getMessage();
        }
    }
}
