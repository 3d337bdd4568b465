package dev.poolwright.otel.http;

import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the senders of one SDK; they share a few threads that end when nothing is sent.
 *
 * <p>Each signal has one request under way. More only pile up behind an endpoint that is slower than the processors'
 * patience; beyond {@link #MAX_THREADS} a request fails at once instead of waiting.
 */
public final class UrlSenders implements HttpSenderProvider {

    private static final int MAX_THREADS = 6;
    private static final long IDLE_THREAD_SECONDS = 10;

    private final CountDownLatch hurry = new CountDownLatch(1);
    private volatile String refusal = "no answer";
    private final ExecutorService threads;

    /** Senders that work on threads of {@code factory}. */
    public UrlSenders(ThreadFactory factory) {
        threads = new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        return new UrlSender(config, threads, hurry, answer -> refusal = answer);
    }

    /** The last answer that was not a success, for people. */
    public String lastRefusal() {
        return refusal;
    }

    /** From now on nothing is tried twice: the JVM is about to end and must not be held up by an absent endpoint. */
    public void hurry() {
        hurry.countDown();
    }

    /** Ends the threads; what they are doing is given up. */
    public void stop() {
        hurry();
        threads.shutdownNow();
    }
}
