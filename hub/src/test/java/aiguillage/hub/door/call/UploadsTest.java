package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.problem.Refused;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/// The memory that bodies hold is given back, all of it.
class UploadsTest {

    private static final int ALL = (int) Uploads.HELD_BYTES_MAX;

    private final Uploads uploads = new Uploads();
    private final Call call = new Call(
            unused(Request.class),
            unused(Response.class),
            Callback.NOOP,
            List.of(),
            new Pace(new Random(7)),
            _ -> {},
            null);

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new AssertionError(method);
        }));
    }

    private void requireAllIsFree() {
        Uploads.Upload whole = uploads.beginStreamed(call, ALL);
        whole.end();
        whole.free();
    }

    @Test
    void whatABodyAsksForOnceItWasGivenUpIsNotHeld() {
        Uploads.Upload upload = uploads.beginStreamed(call, 1_000);
        upload.end();
        upload.free();
        assertThatThrownBy(() -> upload.hold(2_000)).isInstanceOf(Refused.class);
        requireAllIsFree();
    }

    @Test
    void whatABodyHoldsInAllIsCountedOnce() {
        Uploads.Upload upload = uploads.beginStreamed(call, 1_000);
        upload.hold(2_000);
        upload.hold(1_500);
        upload.hold(2_000);
        Uploads.Upload rest = uploads.beginStreamed(call, ALL - 2_000);
        assertThatThrownBy(() -> uploads.beginStreamed(call, 1)).isInstanceOf(Refused.class);
        rest.end();
        rest.free();
        upload.end();
        upload.free();
        assertThatCode(this::requireAllIsFree).doesNotThrowAnyException();
    }

    @Test
    void whatThereIsNoMemoryForHoldsNothing() {
        Uploads.Upload upload = uploads.beginStreamed(call, 1_000);
        assertThatThrownBy(() -> upload.hold(ALL + 1L)).isInstanceOf(Refused.class);
        upload.end();
        upload.free();
        requireAllIsFree();
    }
}
