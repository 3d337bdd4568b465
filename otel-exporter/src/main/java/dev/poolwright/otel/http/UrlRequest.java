package dev.poolwright.otel.http;

import dev.poolwright.time.Deadline;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One OTLP request, which can be attempted several times. The body is written into memory first: it is the same at each
 * attempt, and its length is known.
 *
 * <p>One thread.
 */
final class UrlRequest {

    private static final int CHUNK = 4096;

    private final HttpSenderConfig config;
    private final byte[] body;

    UrlRequest(HttpSenderConfig config, MessageWriter message) throws IOException {
        this.config = config;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(CHUNK, message.getContentLength()));
        Compressor compressor = config.getCompressor();
        try (OutputStream out = compressor == null ? bytes : compressor.compress(bytes)) {
            message.writeMessage(out);
        }
        this.body = bytes.toByteArray();
    }

    /**
     * Sends it once and reads the answer.
     *
     * @throws IOException there was no answer, or not all of it before the deadline
     */
    Response attempt(Deadline deadline) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) config.getEndpoint().toURL().openConnection();
        boolean reusable = false;
        try {
            prepare(connection, deadline);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            connection.setReadTimeout(millisLeft(deadline));
            Response response = read(connection, deadline);
            reusable = true;
            return response;
        } finally {
            if (!reusable) {
                connection.disconnect();
            }
        }
    }

    private void prepare(HttpURLConnection connection, Deadline deadline) throws IOException {
        SSLContext ssl = config.getSslContext();
        if (ssl != null && connection instanceof HttpsURLConnection) {
            ((HttpsURLConnection) connection).setSSLSocketFactory(ssl.getSocketFactory());
        }
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setConnectTimeout((int) Math.min(
                millisLeft(deadline), Math.max(1, config.getConnectTimeout().toMillis())));
        connection.setReadTimeout(millisLeft(deadline));
        connection.setRequestProperty("Content-Type", config.getContentType());
        Compressor compressor = config.getCompressor();
        if (compressor != null) {
            connection.setRequestProperty("Content-Encoding", compressor.getEncoding());
        }
        Map<String, List<String>> headers = config.getHeadersSupplier().get();
        headers.forEach((name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    }

    private Response read(HttpURLConnection connection, Deadline deadline) throws IOException {
        int status = connection.getResponseCode();
        String message = connection.getResponseMessage();
        String retryAfter = connection.getHeaderField("Retry-After");
        InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (in != null) {
            try (InputStream open = in) {
                copy(open, answer, deadline);
            }
        }
        return new Response(status, message == null ? "" : message, answer.toByteArray(), retryAfter);
    }

    /** Reads to the end, so that the connection can serve the next request, and keeps what the limit allows. */
    private void copy(InputStream in, ByteArrayOutputStream out, Deadline deadline) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            out.write(chunk, 0, (int) Math.min(n, config.getMaxResponseBodySize() - out.size()));
            millisLeft(deadline);
        }
    }

    private static int millisLeft(Deadline deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
        if (millis <= 0) {
            throw new SocketTimeoutException("no complete answer within the exporter's timeout");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** What the endpoint answered. */
    static final class Response implements HttpResponse {
        private final int status;
        private final String message;
        private final byte[] body;
        private final @Nullable String retryAfter;

        Response(int status, String message, byte[] body, @Nullable String retryAfter) {
            this.status = status;
            this.message = message;
            this.body = body;
            this.retryAfter = retryAfter;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public String getStatusMessage() {
            return message;
        }

        @Override
        public byte[] getResponseBody() {
            return body;
        }

        /** The pause the endpoint asked for in seconds, in nanoseconds; 0 if it asked for none, or for a date. */
        long retryAfterNanos() {
            if (retryAfter == null || !retryAfter.matches("\\d{1,6}")) {
                return 0;
            }
            return TimeUnit.SECONDS.toNanos(Long.parseLong(retryAfter));
        }
    }
}
