package aiguillage.gateway.page;

import aiguillage.pki.Credential;
import aiguillage.pki.tls.JdkServer;
import aiguillage.pki.tls.PartyKeyManager;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The page's listener in the local network: TLS 1.3, for sessions alone.
public final class PageListener implements AutoCloseable {

    static final int REQUESTS_MAX = 32;

    /// As at the local door, of which the JDK's server has it in the same process.
    private static final Duration REQUEST_MAX = Duration.ofMinutes(10);

    private static final int BACKLOG = 64;
    private static final int STOP_SECONDS = 1;
    private static final int BUSY = 503;

    private static final Logger log = LoggerFactory.getLogger(PageListener.class);

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore requests = new Semaphore(REQUESTS_MAX);
    private final Pages pages;
    private final Mount mount;

    /// @throws IOException when the address is in use, or not this computer's
    public PageListener(InetSocketAddress listen, Credential credential, Pages pages, Mount mount) throws IOException {
        this.pages = pages;
        this.mount = mount;
        this.server = JdkServer.overTls(listen, BACKLOG, REQUEST_MAX);
        server.setHttpsConfigurator(new HttpsConfigurator(context(credential)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setProtocols(new String[] {"TLSv1.3"});
                parameters.setSSLParameters(tls);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private static SSLContext context(Credential credential) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new PartyKeyManager(credential)}, new TrustManager[0], new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK speaks TLS 1.3", e);
        }
    }

    private void serve(HttpExchange http) {
        try (http) {
            if (!requests.tryAcquire()) {
                http.sendResponseHeaders(BUSY, -1);
                return;
            }
            try {
                pages.answer(http, mount);
            } finally {
                requests.release();
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A request for a page ended early.");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A request for a page failed.");
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.close();
    }
}
