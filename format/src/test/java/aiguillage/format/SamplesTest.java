package aiguillage.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aiguillage.format.reading.FlatReader;
import aiguillage.format.report.Fault;
import aiguillage.format.translation.Untranslatable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The formats that come along, on the samples that somebody else made.
class SamplesTest {

    private static Path sample(String name) {
        Path file = Path.of(System.getProperty("aiguillage.samples", "../../shared/samples"), "flat", name);
        assumeThat(file)
                .as("the samples are not here: name their folder by -Daiguillage.samples")
                .exists();
        return file;
    }

    private static Format format(String name) throws Exception {
        return Format.read(Path.of("..", "formats"), name);
    }

    /// What one file comes to.
    private record Read(List<byte[]> documents, List<Fault> faults) {

        static Read of(Format format, Path file) throws Exception {
            var documents = new ArrayList<byte[]>();
            try (InputStream in = Files.newInputStream(file)) {
                FlatReader reader = format.reader(in, _ -> {});
                for (var next = reader.next(); next != null; next = reader.next()) {
                    documents.add(
                            format.translation().document(requireNonNull(next).root()));
                }
                return new Read(documents, reader.faults().kept());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parts-order-fixed, parts-order-fixed.txt, 1",
        "prices-csv, prices.csv, 10",
        "orders-d96a, orders-d96a.edi, 1",
        "pricat-d96a, pricat-d96a.edi, 1"
    })
    void aFileBecomesDocumentsAndThoseTheSameFile(String name, String file, int documents) throws Exception {
        Format format = format(name);
        assertThat(format.description().others()).isEmpty();
        Read read = Read.of(format, sample(file));
        assertThat(read.faults()).isEmpty();
        assertThat(read.documents()).hasSize(documents);
        var bytes = new ByteArrayOutputStream();
        var writer = format.writer(bytes);
        for (byte[] document : read.documents()) {
            writer.write(format.translation().fields(new ByteArrayInputStream(document)));
        }
        writer.end();
        assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(sample(file)));
    }

    @ParameterizedTest
    @CsvSource({"parts-order-fixed, parts-order-fixed.txt", "orders-d96a, orders-d96a.edi"})
    void anOrderIsAProcessPartsOrderOfStar(String name, String file) throws Exception {
        Path schema = sample("../star/schemas/BODs/Developer/ProcessPartsOrder.xsd");
        byte[] order = Read.of(format(name), sample(file)).documents().getFirst();
        SchemaFactory.newDefaultInstance()
                .newSchema(schema.toFile())
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(order)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QTY+21:4:PCE | QTY+21:4:KGM | line 14, column 1, QTY/C186/d6411: found \"KGM\", expected PCE",
                "IMD+F++:::FILTRE HABITACLE | PIA+1+X:SA | line 17, column 1, PIA/d4347: found \"1\", expected nothing",
                "NAD+DP+ | NAD+SU+ | line 10, column 1, party: found \"SU D0471102 91\", expected one alone",
                "CNT+2:8 | CNT+2:7 | line 45, column 1, CNT/6066: found \"7\", expected 8, the number of lines"
            })
    void whatTheMappingOfAnOrderHasNoPlaceForIsToldAndNotLost(String there, String other, String told)
            throws Exception {
        String sample = Files.readString(sample("orders-d96a.edi"), StandardCharsets.ISO_8859_1);
        Format format = format("orders-d96a");
        byte[] changed = sample.replaceFirst(Pattern.quote(there), other).getBytes(StandardCharsets.ISO_8859_1);
        var next = format.reader(new ByteArrayInputStream(changed), _ -> {}).next();
        assertThatThrownBy(
                        () -> format.translation().document(requireNonNull(next).root()))
                .isInstanceOf(Untranslatable.class)
                .hasMessageContaining(told);
    }

    @Test
    void aSumThatIsWrongIsToldWithItsPlace() throws Exception {
        byte[] bytes = Files.readAllBytes(sample("parts-order-fixed.txt"));
        String wrong = new String(bytes, StandardCharsets.ISO_8859_1).replace("63581 ", "63582 ");
        Format format = format("parts-order-fixed");
        var next = format.reader(new ByteArrayInputStream(wrong.getBytes(StandardCharsets.ISO_8859_1)), _ -> {})
                .next();
        assertThatThrownBy(
                        () -> format.translation().document(requireNonNull(next).root()))
                .isInstanceOf(Untranslatable.class)
                .hasMessageContaining("line 11, column 9, trailer/total: found \"635.82\", expected 635.81");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parts-order-fixed | parts-order-fixed-defective.txt | 0 | line 6, column 30",
                "prices-csv | prices-defective.csv | 9 | line 7, column",
                "orders-d96a | orders-d96a-defective.edi | 0 | line 46, column 5",
                "pricat-d96a | pricat-d96a-defective.edi | 0 | line 39, column"
            })
    void aDefectIsToldWithItsLine(String name, String file, int documents, String where) throws Exception {
        Read read = Read.of(format(name), sample(file));
        assertThat(read.documents()).hasSize(documents);
        assertThat(read.faults()).isNotEmpty();
        assertThat(read.faults().getFirst().toString()).startsWith(where);
    }
}
