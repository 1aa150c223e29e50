package aiguillage.hub.door.star;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.star.Answer;
import aiguillage.hub.star.ConfirmBod;
import aiguillage.hub.star.Fault;
import aiguillage.hub.star.SoapText;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.hub.star.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
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
        fault(
                new Refused(Problem.BAD_REQUEST, fault.text()),
                SoapText.fault(fault.code(), fault.text(), List.of(), ""));
    }

    /// Says that it was refused, as a fault: whose fault it is and what to do stand in it. PutMessageResponse
    /// has no room for anything, so that what is wrong with a BOD stands here too, as a ConfirmBOD in the
    /// detail.
    void refuse(StarContents.Outcome outcome) throws IOException {
        Refused refused = outcome.requireRefused();
        Problem problem = refused.problem();
        Fault.Code code = isOfSender(problem) ? Fault.Code.CLIENT : Fault.Code.SERVER;
        String sentence = problem.what() + " " + refused.detail() + " " + problem.remedy();
        boolean isOfBod = isOfSender(problem) && outcome.contentId() != null;
        fault(
                refused,
                SoapText.fault(
                        code,
                        sentence,
                        List.of(trouble(outcome)),
                        isOfBod ? confirm(outcome).xml() : ""));
    }

    /// Answers ProcessMessage with what is wrong with a BOD of it. What is not the BOD's is a fault.
    void confirmOrRefuse(Transport transport, StarContents.Outcome outcome) throws IOException {
        Problem problem = outcome.requireRefused().problem();
        if (!isOfSender(problem) || outcome.contentId() == null) {
            refuse(outcome);
            return;
        }
        hub.metrics().refused(problem);
        String response = "ProcessMessageResponse";
        ConfirmBod confirm = confirm(outcome);
        var manifest = new Manifest(confirm.id(), ConfirmBod.NAMESPACE, ConfirmBod.ELEMENT, outcome.bodId());
        give(new Answer(
                List.of(SoapText.manifest(transport, List.of(manifest))),
                List.of(Answer.Part.of(SoapText.beforeContents(transport, response)
                        + SoapText.beforeContent(confirm.id())
                        + confirm.xml()
                        + SoapText.behindContent()
                        + SoapText.behindContents(response)))));
    }

    private static boolean isOfSender(Problem problem) {
        return problem.status() < 500 && problem != Problem.TOO_MANY_REQUESTS;
    }

    private static SoapText.Trouble trouble(StarContents.Outcome outcome) {
        Refused refused = outcome.requireRefused();
        return new SoapText.Trouble(
                outcome.contentId(), refused.problem().code(), refused.detail(), refused.fieldFaults());
    }

    private ConfirmBod confirm(StarContents.Outcome outcome) {
        return new ConfirmBod(
                StarItems.CONFIRM_PREFIX + UUID.randomUUID(),
                security.now(),
                hub.name().value(),
                call.party().value(),
                outcome.area(),
                trouble(outcome));
    }

    private void fault(Refused refused, Answer fault) throws IOException {
        byte[] page;
        try (InputStream in = Answer.open(envelope(fault))) {
            page = in.readAllBytes();
        }
        call.refuse(refused, FAULT, SoapText.MEDIA_TYPE, () -> page);
    }
}
