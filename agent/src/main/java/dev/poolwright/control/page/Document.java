package dev.poolwright.control.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page in one piece, and the policy that has the browser run this very script and style and nothing else, load nothing from
 * anywhere, and take no text for markup. Immutable.
 */
final class Document {

    private final byte[] html;
    private final String policy;

    private Document(byte[] html, String policy) {
        this.html = html;
        this.policy = policy;
    }

    static Document read() throws IOException {
        String style = text("page.css");
        String script = text("page.js");
        String html = text("page.html").replace("/*style*/", style).replace("/*script*/", script);
        return new Document(
                html.getBytes(StandardCharsets.UTF_8),
                "default-src 'none'; connect-src 'self'; img-src data:; style-src " + hash(style) + "; script-src "
                        + hash(script) + "; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; "
                        + "form-action 'none'; frame-ancestors 'none'");
    }

    private static String hash(String inline) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException none) {
            throw new IOException(none);
        }
    }

    private static String text(String name) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] bytes = new byte[8_192];
        try (InputStream in = Document.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the agent jar is incomplete: " + name);
            }
            for (int more = in.read(bytes); more > 0; more = in.read(bytes)) {
                text.write(bytes, 0, more);
            }
        }
        return text.toString("UTF-8");
    }

    byte[] html() {
        return html.clone();
    }

    /** As the value of {@code Content-Security-Policy}. */
    String policy() {
        return policy;
    }
}
