package dev.poolwright.otel.http;

import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import io.opentelemetry.api.impl.InstrumentationUtil;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one signal's requests, each on another thread than the caller's, and tries again as OTLP and the exporter's
 * policy say: when the endpoint is busy or out of reach, within the exporter's timeout.
 *
 * <p>Any thread.
 */
final class UrlSender implements HttpSender {

    private final HttpSenderConfig config;
    private final ExecutorService threads;
    private final CountDownLatch hurry;
    private final Consumer<String> refusal;

    UrlSender(HttpSenderConfig config, ExecutorService threads, CountDownLatch hurry, Consumer<String> refusal) {
        this.config = config;
        this.threads = threads;
        this.hurry = hurry;
        this.refusal = refusal;
    }

    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        Runnable request = () -> {
            HttpResponse response;
            try {
                response = send(new UrlRequest(config, message));
            } catch (Throwable failure) {
                onError.accept(failure);
                return;
            }
            if (response.getStatusCode() >= 300) {
                refusal.accept(("HTTP " + response.getStatusCode() + " " + response.getStatusMessage()).trim());
            }
            onResponse.accept(response);
        };
        try {
            // A tracing agent would otherwise make a span of this request, and one of the request that exports it.
            threads.execute(() -> InstrumentationUtil.suppressInstrumentation(request));
        } catch (RejectedExecutionException full) {
            onError.accept(full);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private HttpResponse send(UrlRequest request) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(config.getTimeout(), Ticker.SYSTEM);
        RetryPolicy policy = config.getRetryPolicy();
        int attempts = policy == null ? 1 : policy.getMaxAttempts();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= attempts;
            long asked = 0;
            try {
                UrlRequest.Response response = request.attempt(deadline);
                if (last || !isWorthRetrying(response.getStatusCode())) {
                    return response;
                }
                asked = response.retryAfterNanos();
                if (!waitBeforeRetry(policy, attempt, asked, deadline)) {
                    return response;
                }
            } catch (IOException failure) {
                if (last || !isWorthRetrying(policy, failure) || !waitBeforeRetry(policy, attempt, asked, deadline)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isWorthRetrying(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private static boolean isWorthRetrying(@Nullable RetryPolicy policy, IOException failure) {
        Predicate<IOException> asked = policy == null ? null : policy.getRetryExceptionPredicate();
        return asked == null ? !(failure instanceof SSLException) : asked.test(failure);
    }

    /** Whether there is time for another attempt; it is over when this returns true. */
    private boolean waitBeforeRetry(@Nullable RetryPolicy policy, int attempt, long askedNanos, Deadline deadline)
            throws InterruptedException {
        if (policy == null || hurry.getCount() == 0) {
            return false;
        }
        double backoff =
                (double) policy.getInitialBackoff().toNanos() * Math.pow(policy.getBackoffMultiplier(), attempt - 1);
        double capped = Math.min(backoff, (double) policy.getMaxBackoff().toNanos());
        // A fifth more or less, so that many processes do not come back in step.
        long wait = Math.max(
                askedNanos, (long) (capped * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
        return wait < deadline.remainingNanos() && !hurry.await(wait, TimeUnit.NANOSECONDS);
    }
}
