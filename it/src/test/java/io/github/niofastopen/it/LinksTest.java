// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each link within the project leads somewhere, and each page can be come to. */
class LinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final Pattern PAGE_IN_CODE = Pattern.compile("\\bdocs/[\\w-]+\\.(md|yml|svg)\\b");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().map(ROOT::relativize).forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachLinkOfAPageLeadsToAFileAndToAHeadingInIt(Path page) throws IOException {
        // when
        List<String> broken = new ArrayList<>();
        for (String link : links(page)) {
            if (!isElsewhere(link) && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }

        // then
        assertThat(broken).as("links of " + page).isEmpty();
    }

    @Test
    void theReadmeLeadsToEachPage() throws IOException {
        // when
        Set<Path> linked = new HashSet<>();
        for (String link : links(Path.of("README.md"))) {
            linked.add(Path.of(link.replaceFirst("#.*", "")));
        }

        // then
        assertThat(pages()).filteredOn(page -> page.startsWith("docs")).isNotEmpty().allMatch(linked::contains);
    }

    @Test
    void eachPageThatCodeNamesIsThere() throws IOException {
        // when
        Set<String> named = new TreeSet<>();
        for (String module : List.of("provider", "it", "jmh")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                for (Path source : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    Matcher page = PAGE_IN_CODE.matcher(Files.readString(source));
                    while (page.find()) {
                        named.add(page.group());
                    }
                }
            }
        }

        // then
        assertThat(named).isNotEmpty().allSatisfy(page -> assertThat(ROOT.resolve(page)).exists());
    }

    private static boolean isElsewhere(String link) {
        return link.matches("(https?|mailto):.*");
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(ROOT.resolve(target)) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    private static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        parse(page).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                links.add(image.getDestination());
            }
        });
        return links;
    }

    private static Set<String> anchors(Path page) throws IOException {
        IdGenerator ids = IdGenerator.builder().build();
        Set<String> anchors = new HashSet<>();
        parse(page).accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                anchors.add(ids.generateId(TextContentRenderer.builder().build().render(heading).replace("\"", "")));
            }
        });
        return anchors;
    }

    private static Node parse(Path page) throws IOException {
        return PARSER.parse(Files.readString(ROOT.resolve(page)));
    }
}
