// SPDX-License-Identifier: Apache-2.0
package io.millrace.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/** The classes of this project's main sources, wherever the build keeps them. */
final class MainClasses {
    private static final Pattern TESTS = Pattern.compile(".*(/target/test-classes/|-tests\\.jar).*");

    static final JavaClasses ALL =
            new ClassFileImporter().withImportOption(MainClasses::isMain).importPackages("io.millrace");

    private MainClasses() {}

    private static boolean isMain(Location location) {
        return !location.matches(TESTS);
    }
}
