package aiguillage.gateway.link;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A hub's, or a proxy's, answers: status in the first byte, `Retry-After` in the first line, then the body.
public final class AnswersTarget implements Target {

    private final Answers answers = new Answers(InstantSource.system());

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "a30\n{\"title\":\"That was too often.\",\"code\":\"too-many-requests\",\"detail\":\"x\"}",
                "bSun, 01 Mar 2026 09:01:00 GMT\n<html>busy</html>",
                "\u0001\n{\"receipt\":\"aiguillage/1\"}");
    }

    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int status = input[0] == 1 ? 201 : 200 + 3 * (input[0] & 0x7f);
        String text = Inputs.text(input);
        int end = Math.max(1, text.indexOf('\n'));
        String after = text.substring(1, end).replace('\r', ' ');
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(after)), (_, _) -> true);
        byte[] body = Arrays.copyOfRange(input, Math.min(end, input.length), input.length);
        require(answers.submission(status, headers, body) != null, "an answer is one");
        require(String.valueOf(answers.no(status, headers, body).getMessage()).length() < 10_000, "a short reason");
    }
}
