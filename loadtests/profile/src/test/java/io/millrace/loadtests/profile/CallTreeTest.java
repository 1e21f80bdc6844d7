// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.loadtests.profile.Frame.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTreeTest {
    private final CallTree tree = new CallTree();

    @Test
    void stacks_are_merged_from_the_root_and_the_heaviest_comes_first() {
        tree.add(List.of(frame("run"), frame("parse")), 2);
        tree.add(List.of(frame("run"), frame("map"), frame("parse")), 3);
        tree.add(List.of(frame("run")), 1);
        StringBuilder json = new StringBuilder();

        tree.writeJson(json);

        assertThat(tree.total()).isEqualTo(6);
        assertThat(json)
                .hasToString("{\"total\":6,\"frames\":[[\"run\",\"\",5],\n[\"map\",\"\",5],\n[\"parse\",\"\",5]],"
                        + "\"nodes\":[0,0,6,1,1,3,2,2,3,1,2,2]}");
    }

    @Test
    void a_page_needs_no_network_and_no_name_ends_its_script(@TempDir Path directory) throws IOException {
        tree.add(List.of(frame("pool </script><b>\"\\ {{title}}")), 1);
        Path file = directory.resolve("page.html");

        FlamePage.write(file, "CPU", "samples", Duration.ofMillis(1500), tree);

        assertThat(Files.readString(file))
                .contains("pool \\u003c/script>\\u003cb>\\u0022\\u005c {{title}}", "in 1.5 s", "const ROW")
                .doesNotContain("http:", "https:", "{{data}}", "{{owners}}", "</script><b>");
    }

    private static Frame frame(String label) {
        return new Frame(label, "", Owner.OTHER);
    }
}
