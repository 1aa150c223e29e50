package aiguillage.format.translation;

import aiguillage.format.description.FormatFiles;
import aiguillage.format.description.FormatRefused;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import javax.xml.transform.Source;
import javax.xml.transform.sax.SAXSource;
import net.sf.saxon.Configuration;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.trans.XPathException;
import org.xml.sax.InputSource;

/// Compiles the stylesheets of one format, shut off from everything else.
final class Stylesheets {

    private static final String BASE = "format:///";

    private final FormatFiles files;
    private final Processor processor = new Processor(false);

    Stylesheets(FormatFiles files) {
        this.files = files;
        Configuration configuration = processor.getUnderlyingConfiguration();
        configuration.setBooleanProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        configuration.setBooleanProperty(Feature.DISABLE_XSL_EVALUATE, true);
        configuration.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "format");
        configuration.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoEnvironment());
        configuration.setConfigurationProperty(
                "http://saxon.sf.net/feature/parserFeature?uri=http://apache.org/xml/features/disallow-doctype-decl",
                true);
        configuration.setErrorReporterFactory(_ -> _ -> {}); // the exception says it, too; made for each document
        configuration.setResourceResolver(Stylesheets::refuse);
        configuration.setUnparsedTextURIResolver((uri, _, _) -> {
            throw refused(String.valueOf(uri));
        });
        configuration.setCollectionFinder((_, uri) -> {
            throw refused(uri);
        });
    }

    Processor processor() {
        return processor;
    }

    /// @throws FormatRefused when it is not a correct stylesheet, or takes in what is no file of the format
    XsltExecutable compiled(String name) throws FormatRefused {
        XsltCompiler compiler = processor.newXsltCompiler();
        compiler.setResourceResolver(this::imported);
        var errors = new ArrayList<XmlProcessingError>();
        compiler.setErrorReporter(errors::add);
        try {
            return compiler.compile(source(name, files.require(name)));
        } catch (SaxonApiException e) {
            String why = errors.stream()
                    .filter(error -> !error.isWarning())
                    .map(error -> "line " + error.getLocation().getLineNumber() + ": " + error.getMessage())
                    .findFirst()
                    .orElse(String.valueOf(e.getMessage()));
            throw new FormatRefused(name + " is not a correct stylesheet: " + why, e);
        }
    }

    private static Source source(String name, byte[] content) {
        var input = new InputSource(new ByteArrayInputStream(content));
        input.setSystemId(BASE + name);
        return new SAXSource(HardenedXml.reader(), input);
    }

    private Source imported(ResourceRequest request) throws XPathException {
        String uri = String.valueOf(request.uri);
        String name = uri.startsWith(BASE) ? uri.substring(BASE.length()) : "";
        byte[] content = files.find(name);
        if (content == null) {
            throw refused(request.relativeUri == null ? uri : request.relativeUri);
        }
        return source(name, content);
    }

    private static Source refuse(ResourceRequest request) throws XPathException {
        throw refused(String.valueOf(request.uri));
    }

    private static XPathException refused(String uri) {
        return new XPathException(
                "A format's stylesheet sees the fields alone, and no file outside the format's folder,"
                        + " hence not \"" + uri + "\".");
    }
}
