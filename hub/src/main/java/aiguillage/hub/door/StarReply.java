package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.star.Answer;
import aiguillage.hub.star.Fault;
import aiguillage.hub.star.SoapText;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/// Says the one answer to a message: signed, if the message was. For one call and one thread.
final class StarReply {

    /// The status of every fault (SOAP 1.1, 6.2).
    private static final int FAULT = 500;

    private final HubParts hub;
    private final Call call;
    private final StarSecurity security;
    private boolean isSigned;

    StarReply(HubParts hub, Call call, StarSecurity security) {
        this.hub = hub;
        this.call = call;
        this.security = security;
    }

    /// The message's signature holds: the answer gets one too.
    void sign() {
        isSigned = true;
    }

    boolean isSigned() {
        return isSigned;
    }

    private List<Answer.Part> envelope(Answer answer) throws IOException {
        return isSigned ? security.signer().signed(answer, security.now()) : answer.envelope();
    }

    /// Answers, in constant memory.
    void give(Answer answer) throws IOException {
        List<Answer.Part> parts = envelope(answer);
        long bytes = parts.stream().mapToLong(Answer.Part::bytes).sum();
        if (call.claim()) {
            Content.Source source = Content.Source.from(Call.BUFFERS, Answer.open(parts));
            Callback sent = Callback.from(call.callback()::succeeded, failure -> {
                call.callback().failed(failure);
                hub.stopIfDamaged(failure);
            });
            call.send(200, SoapText.MEDIA_TYPE, bytes, source, sent);
        }
    }

    /// Says that the message cannot be answered.
    void refuse(Fault fault) throws IOException {
        fault(new Refused(Problem.BAD_REQUEST, fault.text()), SoapText.fault(fault.code(), fault.text(), List.of()));
    }

    /// SOAP has one way to say no; whose fault it is and what to do stand in it.
    void refuse(StarContents.Outcome outcome) throws IOException {
        Refused refused = outcome.requireRefused();
        Problem problem = refused.problem();
        Fault.Code code =
                problem.status() < 500 && problem != Problem.TOO_MANY_REQUESTS ? Fault.Code.CLIENT : Fault.Code.SERVER;
        String sentence = problem.what() + " " + refused.detail() + " " + problem.remedy();
        var trouble = new SoapText.Trouble(
                outcome.contentId(), problem.code(), refused.detail(), StarContents.faults(refused));
        fault(refused, SoapText.fault(code, sentence, List.of(trouble)));
    }

    private void fault(Refused refused, Answer fault) throws IOException {
        byte[] page;
        try (InputStream in = Answer.open(envelope(fault))) {
            page = in.readAllBytes();
        }
        call.refuse(refused, FAULT, SoapText.MEDIA_TYPE, () -> page);
    }
}
