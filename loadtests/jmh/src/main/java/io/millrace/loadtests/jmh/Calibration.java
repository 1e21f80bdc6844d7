// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the benchmark by whose time the others of its class are divided: the plain loop. One a class; others are
 * divided by its result with the same values of the parameters that both have.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Calibration {}
