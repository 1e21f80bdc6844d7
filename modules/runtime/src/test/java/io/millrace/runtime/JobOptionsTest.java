// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
    @Test
    void settingsMayHaveTheirPrefixOrNot() {
        JobOptions options = JobOptions.defaults()
                .withOverrides(ConfigFactory.parseString("millrace.channel.credits = 7, channel.batch-size = 3"));
        assertThat(options.overrides().getInt("channel.credits")).isEqualTo(7);
        assertThat(options.overrides().getInt("channel.batch-size")).isEqualTo(3);
        assertThat(options.overrides().hasPath("millrace")).isFalse();
    }
}
