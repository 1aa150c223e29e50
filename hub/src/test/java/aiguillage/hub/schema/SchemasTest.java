package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"order.xsd", "order.json"})
    void oneDigestCoversEveryFileOfASchema(String name) throws Exception {
        Path one = copy(dir.resolve("hub one"));
        Path two = copy(dir.resolve("hub é two"));
        assertThat(digest(one, name)).isEqualTo(digest(two, name));
        Path deepest = two.resolve(name.endsWith(".xsd") ? "parts/types.xsd" : "parts/deeper.json");
        Files.writeString(deepest, Files.readString(deepest) + "\n");
        assertThat(digest(one, name)).isNotEqualTo(digest(two, name));
    }

    @Test
    void aSchemaIsCompiledOnce() throws Exception {
        var schemas = new Schemas(copy(dir.resolve("s")));
        assertThat(schemas.named("order.xsd")).isSameAs(schemas.named("order.xsd"));
    }

    @Test
    void anotherSchemaMayStandInASubfolder() throws Exception {
        assertThat(new Schemas(Check.folder()).named("parts/types.json").name()).isEqualTo("parts/types.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.xsd", "../outside.json", "/etc/hostname.xsd", "a/../../outside.xsd"})
    void aNameThatLeavesTheFolderIsRefused(String name) throws Exception {
        write("outside.xsd", xsd(""));
        write("outside.json", "{}");
        refused(name, "leads out of the schema folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outside.xsd", "outside.json"})
    void aLinkThatLeavesTheFolderIsRefused(String name) throws Exception {
        write("outside.xsd", xsd(""));
        write("outside.json", "{}");
        Files.createSymbolicLink(folder().resolve("link-" + name), dir.resolve(name));
        refused("link-" + name, "symbolic link to elsewhere");
    }

    @Test
    void anIncludeOutsideTheFolderIsRefused() throws Exception {
        write("outside.xsd", xsd(""));
        write("schemas/a.xsd", xsd("<xs:include schemaLocation='../outside.xsd'/>"));
        refused("a.xsd", "leads out of the schema folder");
        write("schemas/b.xsd", xsd("<xs:include schemaLocation='http://localhost:1/b.xsd'/>"));
        refused("b.xsd", "never fetched from elsewhere");
        write("schemas/c.xsd", xsd("<xs:import namespace='urn:elsewhere'/>"));
        refused("c.xsd", "urn:elsewhere");
        write("schemas/d.xsd", "<!DOCTYPE x [<!ENTITY y SYSTEM '../outside.xsd'>]>" + xsd("&y;"));
        refused("d.xsd", "d.xsd");
    }

    @Test
    void aReferenceOutsideTheFolderIsRefused() throws Exception {
        write("outside.json", "{}");
        write("schemas/a.json", "{\"$ref\": \"../outside.json\"}");
        refused("a.json", "leads out of the schema folder");
        write("schemas/b.json", "{\"items\": [{\"$ref\": \"http://localhost:1/b.json#/x\"}]}");
        refused("b.json", "never fetched from elsewhere");
        write("schemas/c.json", "{\"$id\": \"https://example.com/c.json\", \"$ref\": \"other.json\"}");
        write("schemas/other.json", "{}");
        refused("c.json", "leave out an \"$id\"");
        write("schemas/e.json", "{\"$ref\": \"a%00b.json\"}");
        refused("e.json", "not a file name");
        write("schemas/f.json", "{\"$ref\": \"file:opaque\"}");
        refused("f.json", "never fetched from elsewhere");
        write("schemas/d.json", "{\"$schema\": \"http://localhost:1/meta.json\"}");
        refused("d.json", "http://localhost:1/meta.json");
    }

    @Test
    void whatIsNoSchemaIsRefusedWithItsPlace() throws Exception {
        folder();
        refused("order.txt", "ends in .xsd or .json");
        refused("none.xsd", "there is no file");
        write("schemas/a.xsd", xsd("\n<xs:element name='a' type='nowhere'/>"));
        refused("a.xsd", "line 2");
        write("schemas/b.xsd", "<order>");
        refused("b.xsd", "b.xsd");
        write("schemas/b.json", "{\"type\": ");
        refused("b.json", "is not JSON");
        write("schemas/c.json", "{\"$ref\": \"#/$defs/none\"}");
        refused("c.json", "none");
        Files.createDirectory(folder().resolve("dir.xsd"));
        refused("dir.xsd", "is not a file");
        write("schemas/large.xsd", " ".repeat(SchemaFiles.FILE_BYTES_MAX + 1));
        refused("large.xsd", "too many for a schema");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new Schemas(dir.resolve("none"))).hasMessageContaining("Create it");
    }

    private void refused(String name, String why) {
        assertThatThrownBy(() -> new Schemas(folder()).named(name))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining(why);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(dir.resolve("schemas"));
    }

    private void write(String name, String content) throws IOException {
        folder();
        Files.writeString(dir.resolve(name), content);
    }

    private static String xsd(String content) {
        return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>" + content + "</xs:schema>";
    }

    private static Digest digest(Path folder, String name) throws SchemaRefused {
        return new Schemas(folder).named(name).digest();
    }

    private static Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(Check.folder())) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(xsd|json)")).toList()) {
                Path copy = to.resolve(Check.folder().relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return to;
    }
}
