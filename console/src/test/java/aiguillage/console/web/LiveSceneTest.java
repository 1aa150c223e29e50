package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.hub.operators.Rank;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept up to date when a part of it cannot be made.
class LiveSceneTest {

    /// One that can be broken.
    private static final class Broken implements Live.Scene {

        private boolean isBroken = true;

        @Override
        public byte[] html() {
            if (isBroken) {
                throw new IllegalStateException("planted by the test");
            }
            return "mended".getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aSceneThatCannotBeMadeHoldsBackNoOther(@TempDir Path folder) throws Exception {
        try (var site = new ConsoleSite(folder);
                var live = new Live(site.console().sessions())) {
            String token = site.signIn(ConsoleSite.operator("eve", Rank.SEE));
            Visit visit = visit(site.console().sessions(), token);
            var broken = new Broken();
            List<String> ofBroken = shown(live, visit, broken);
            List<String> ofSound = shown(live, visit, () -> "sound".getBytes(StandardCharsets.UTF_8));
            live.tick();
            assertThat(ofBroken).noneMatch(text -> text.contains("event: view"));
            assertThat(ofSound).anyMatch(text -> text.contains("data: sound"));
            synchronized (live) {
                broken.isBroken = false;
                live.tick();
            }
            assertThat(ofBroken).anyMatch(text -> text.contains("data: mended"));
        }
    }

    private static Visit visit(Sessions sessions, String token) {
        Session session = sessions.look(token).orElseThrow();
        var assets = new Assets();
        var look = new Look(
                Words.read("en"),
                ZoneOffset.UTC,
                "auto",
                "hub",
                session,
                "/",
                assets,
                null,
                List.of(),
                new Behind("http://127.0.0.1:1", Path.of("operator.token")),
                Typed.NOTHING);
        return new Visit("GET", "/", List.of(), Map.of(), Map.of(), null, session, token, look, false, null);
    }

    /// What a viewer of the scene is sent.
    private static List<String> shown(Live live, Visit visit, Live.Scene scene) {
        var sent = new CopyOnWriteArrayList<String>();
        HttpFields.Mutable headers = HttpFields.build();
        var response = (Response) Proxy.newProxyInstance(
                Response.class.getClassLoader(), new Class<?>[] {Response.class}, (_, method, arguments) -> {
                    if (method.getName().equals("getHeaders")) {
                        return headers;
                    }
                    if (method.getName().equals("write")) {
                        sent.add(StandardCharsets.UTF_8
                                .decode((ByteBuffer) arguments[1])
                                .toString());
                        ((Callback) arguments[2]).succeeded();
                    }
                    return null;
                });
        ((Answer.Live) live.show(visit, scene)).writer().begin(response, Callback.NOOP);
        return sent;
    }
}
