package aiguillage.simulation.world;

import java.nio.charset.StandardCharsets;

/// A hub's answer to a request.
record Said(int status, byte[] body) {

    static Said problem(int status, String code, String why) {
        String json = "{\"code\":\"" + code + "\",\"title\":\"" + code + "\",\"detail\":\""
                + why.replaceAll("[^ -~]|[\"\\\\]", " ") + "\"}";
        return new Said(status, json.getBytes(StandardCharsets.UTF_8));
    }
}
