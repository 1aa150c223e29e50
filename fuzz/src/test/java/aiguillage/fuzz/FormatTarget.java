package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.format.description.Description;
import aiguillage.format.description.FormatFiles;
import aiguillage.format.description.FormatRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Descriptions of flat files: the head or the schema is the input, the other one is good.
///
/// @param isHead whether the head is the input
record FormatTarget(boolean isHead, byte[] head, byte[] schema) implements Target {

    static FormatTarget of(boolean isHead) throws Exception {
        Path folder = Path.of("..", "formats", "prices-csv");
        return new FormatTarget(
                isHead,
                Files.readAllBytes(folder.resolve("format.yaml")),
                Files.readAllBytes(folder.resolve("format.dfdl.xsd")));
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        Path edifact = Path.of("..", "formats", "orders-d96a", isHead ? "format.yaml" : "format.dfdl.xsd");
        return isHead
                ? List.of(head, Files.readAllBytes(edifact))
                : List.of(
                        schema,
                        new String(schema, StandardCharsets.UTF_8)
                                .replace("encoding=\"UTF-8\"", "encoding=\"IBM037\"")
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void run(byte[] input) {
        var files = new FormatFiles(
                Path.of("/nowhere"),
                Map.of("format.yaml", isHead ? input : head, "format.dfdl.xsd", isHead ? schema : input));
        try {
            Description description = Description.of(files);
            require(!description.entries().isEmpty(), "has records");
        } catch (FormatRefused refused) {
            require(refused.getMessage() != null && !refused.getMessage().isBlank(), "says what is wrong");
        }
    }
}
