package aiguillage.bench.peer;

import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.spi.http.HttpContext;
import jakarta.xml.ws.spi.http.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Brings requests of Jetty to a JAX-WS endpoint (Jakarta XML Web Services 4.0, 5.2.3), and its answers back.
final class CxfContext extends HttpContext {

    private final String path;

    CxfContext(String path) {
        this.path = path;
    }

    /// For Jetty; once an endpoint is published.
    Handler handler() {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                var exchange = new Exchange(request, response, callback);
                handler.handle(exchange);
                exchange.close();
                return true;
            }
        };
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return null;
    }

    @Override
    public Set<String> getAttributeNames() {
        return Set.of();
    }

    private final class Exchange extends HttpExchange {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean closed;

        Exchange(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public Map<String, List<String>> getRequestHeaders() {
            Map<String, List<String>> headers = new HashMap<>();
            request.getHeaders().forEach(field -> headers.put(field.getName(), field.getValueList()));
            return headers;
        }

        @Override
        public @Nullable String getRequestHeader(String name) {
            return request.getHeaders().get(name);
        }

        @Override
        public Map<String, List<String>> getResponseHeaders() {
            return new HashMap<>(); // of no use to the load generator
        }

        @Override
        public void addResponseHeader(String name, String value) {
            response.getHeaders().add(name, value);
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getContextPath() {
            return "";
        }

        @Override
        public String getRequestMethod() {
            return request.getMethod();
        }

        @Override
        public HttpContext getHttpContext() {
            return CxfContext.this;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                response.getHeaders().put("Content-Length", body.size());
                response.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
            }
        }

        @Override
        public InputStream getRequestBody() throws IOException {
            return Content.Source.asInputStream(request);
        }

        @Override
        public OutputStream getResponseBody() {
            return body;
        }

        @Override
        public void setStatus(int status) {
            response.setStatus(status);
        }

        @Override
        public InetSocketAddress getRemoteAddress() {
            return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
        }

        @Override
        public InetSocketAddress getLocalAddress() {
            return (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public String getScheme() {
            return "https";
        }

        @Override
        public String getPathInfo() {
            return "";
        }

        @Override
        public @Nullable String getQueryString() {
            return request.getHttpURI().getQuery();
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return MessageContext.HTTP_REQUEST_METHOD.equals(name) ? getRequestMethod() : null;
        }

        @Override
        public Set<String> getAttributeNames() {
            return Set.of();
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }
}
