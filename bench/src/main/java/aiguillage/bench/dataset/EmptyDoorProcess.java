package aiguillage.bench.dataset;

import aiguillage.bench.server.Child;
import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// What a lookup at a gateway's door is held against: the same server of the JDK with the same threads, and
/// behind it nothing but an empty answer. Says its port.
public final class EmptyDoorProcess {

    private static final int BACKLOG = 64;

    private EmptyDoorProcess() {}

    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
        System.setProperty("sun.net.httpserver.maxReqTime", "600"); // as the gateway's door
        System.setProperty("sun.net.httpserver.maxRspTime", "600");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/", http -> {
                try (http) {
                    http.sendResponseHeaders(204, -1);
                }
            });
            server.start();
            Child.say(server.getAddress().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
            server.stop(0);
        }
    }
}
