package aiguillage.bench.peer;

import com.helger.base.io.iface.IHasInputStream;
import com.helger.http.header.HttpHeaderMap;
import com.helger.mime.IMimeType;
import com.helger.phase4.incoming.IAS4ResponseAbstraction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// phase4's answer on its way to Jetty. An answer that is no receipt becomes a 500, so that the load generator stops.
final class As4Answer implements IAS4ResponseAbstraction {

    private static final String RECEIPT = "NonRepudiationInformation";

    private byte[] content = new byte[0];
    private String mimeType = "application/soap+xml";
    private int status = HttpStatus.OK_200;

    @Override
    public void setContent(byte[] bytes, Charset charset) {
        content = bytes.clone();
    }

    @Override
    public void setContent(HttpHeaderMap headers, IHasInputStream source) {
        try (InputStream input = Objects.requireNonNull(source.getInputStream())) {
            content = input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("phase4's answer cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void setMimeType(IMimeType type) {
        mimeType = type.getAsString();
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    void write(Response response, Callback callback) {
        boolean isReceipt = new String(content, StandardCharsets.UTF_8).contains(RECEIPT);
        response.setStatus(isReceipt ? status : HttpStatus.INTERNAL_SERVER_ERROR_500);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mimeType);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}
