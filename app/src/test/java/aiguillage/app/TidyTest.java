package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What no tool knows: pages of packages, words, sizes, links.
class TidyTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode");
    private static final long FILE_BYTES_MAX = 1_000_000;
    private static final int METHOD_LINES_MAX = 70;

    /// Written apart, so that this file keeps its own rule.
    private static final Pattern UNFINISHED = Pattern.compile("FIX" + "ME|TO" + "DO|XX" + "X\\b");

    private static final Pattern MACHINE =
            Pattern.compile("/work" + "/|/home" + "/[a-z]|/Us" + "ers/|C:\\\\Us" + "ers");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /// How a member with parameters begins.
    private static final Pattern METHOD = Pattern.compile("^ {4}( {4})?[A-Za-z<@][^=;]*\\(");

    /// What begins alike and is none.
    private static final Pattern NO_METHOD =
            Pattern.compile("^ *(@|new |return |switch )|\\b(record|class|interface|enum)\\b|^ *[A-Z][A-Z0-9_]*\\(");

    private static List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return NOT_OURS.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending) && attributes.isRegularFile()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    @Test
    void everyPackageHasAPage() throws IOException {
        List<Path> sources = files(".java").stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .toList();
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(sources.stream().map(Path::getParent).distinct()).allSatisfy(folder -> {
            Path page = folder.resolve("package-info.java");
            assertThat(page).exists();
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .startsWith("///")
                    .contains("@NullMarked")
                    .doesNotContain("To be filled");
        });
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(".java")) {
            found(file, UNFINISHED, found);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noFileNamesAMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (String ending : List.of(".java", ".md", ".xml", ".yaml", "aiguillage")) {
            for (Path file : files(ending)) {
                found(file, MACHINE, found);
            }
        }
        assertThat(found).isEmpty();
    }

    private static void found(Path file, Pattern pattern, List<String> found) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (pattern.matcher(line).find()) {
                found.add(ROOT.relativize(file) + ":" + number + "  " + line.strip());
            }
        }
    }

    @Test
    void methodsFitAScreen() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(".java")) {
            longMethods(file, found);
        }
        assertThat(found).isEmpty();
    }

    private static void longMethods(Path file, List<String> found) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int start = 0; start < lines.size(); start++) {
            String line = lines.get(start);
            boolean allowed = start > 0 && commentAbove(lines, start).contains("Longer than a screen:");
            if (METHOD.matcher(line).find() && !NO_METHOD.matcher(line).find() && !allowed) {
                int length = length(lines, start);
                if (length > METHOD_LINES_MAX) {
                    found.add(ROOT.relativize(file) + ":" + (start + 1) + " has " + length + " lines");
                }
            }
        }
    }

    private static String commentAbove(List<String> lines, int start) {
        int from = start;
        while (from > 0 && lines.get(from - 1).strip().matches("///.*|@.*")) {
            from--;
        }
        return String.join("\n", lines.subList(from, start));
    }

    /// The lines up to the brace in the declaration's own column; 0 for a declaration without a body.
    private static int length(List<String> lines, int start) {
        String indent = " "
                .repeat(lines.get(start).length()
                        - lines.get(start).stripLeading().length());
        int head = start;
        while (!lines.get(head).endsWith("{")) {
            if (lines.get(head).endsWith(";") || head + 1 == lines.size()) {
                return 0;
            }
            head++;
        }
        int end = head + 1;
        while (end < lines.size() && !lines.get(end).startsWith(indent + "}")) {
            end++;
        }
        return end - start + 1;
    }

    @Test
    void linksInDocumentsLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path file : files(".md")) {
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                String target = link.group(1).replaceFirst("#.*", "");
                boolean elsewhere = target.isEmpty() || target.contains("://") || target.startsWith("mailto:");
                if (!elsewhere && !Files.exists(file.resolveSibling(target))) {
                    dead.add(ROOT.relativize(file) + " → " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void noFileIsABlob() throws IOException {
        assertThat(files(""))
                .allSatisfy(file -> assertThat(Files.size(file))
                        .as(ROOT.relativize(file).toString())
                        .isLessThanOrEqualTo(FILE_BYTES_MAX));
    }
}
