package com.acme.orders;

import com.acme.orders.billing.Billing;
import com.acme.orders.catalogue.Catalogue;
import com.acme.orders.desk.OrderDesk;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A day of order entry: the clerks serve the desk, then write the invoices, then the day's figures are printed and the
 * program waits for somebody to press Enter.
 */
public final class OrderEntry {

    private static final int CLERKS = 8;

    // Held here, or the collector would take the logger and the level with it.
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    /** A request of the day, by its number. */
    private interface Request {
        void serve(int number) throws Exception;
    }

    private OrderEntry() {}

    /**
     * Works through one day.
     *
     * @param args JDBC URL, user, password, number of requests at the desk, number of invoices
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            throw new IllegalArgumentException("usage: OrderEntry URL USER PASSWORD REQUESTS INVOICES");
        }
        HIBERNATE.setLevel(Level.WARNING);
        String url = args[0];
        int requests = Integer.parseInt(args[3]);
        int invoices = Integer.parseInt(args[4]);

        System.out.println("ACME order entry, " + CLERKS + " clerks");
        try (Catalogue catalogue = new Catalogue(url, args[1], args[2]);
                Billing billing = new Billing(catalogue, url, args[1], args[2])) {
            OrderDesk desk = new OrderDesk(catalogue, url, args[1], args[2]);
            System.out.println("Catalogue: " + catalogue.size() + " articles");
            long start = System.nanoTime();
            work(requests, number -> desk.serve(number, requests));
            System.out.println("Desk closed");
            work(invoices, billing::bill);
            System.out.println("Invoices written");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            print("requests", requests + invoices);
            print("orders placed", desk.placed());
            print("orders placed, cents", desk.placedCents());
            print("orders placed, lines", desk.placedLines());
            print("orders placed, pieces", desk.placedPieces());
            print("orders declined", desk.declined());
            print("reservations", desk.reserved());
            print("reservations refused", desk.notReserved());
            print("inquiries", desk.inquiries());
            print("invoices sent", billing.sent());
            print("invoices sent, cents", billing.sentCents());
            print("invoices withdrawn", billing.withdrawn());
            print("commits", desk.placed() + desk.reserved() + billing.sent());
            print("rollbacks", desk.declined() + billing.withdrawn());
            print("working time, ms", millis);
            System.out.println("Press Enter to leave");
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        }
    }

    /** All clerks take request after request until none is left; the first failure ends the day. */
    private static void work(int requests, Request request) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int i = 0; i < CLERKS; i++) {
                all.add(clerks.submit(() -> {
                    for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                        request.serve(number);
                    }
                    return null;
                }));
            }
            for (Future<?> clerk : all) {
                clerk.get();
            }
        } finally {
            clerks.shutdownNow();
        }
    }

    private static void print(String what, long value) {
        System.out.println(String.format(Locale.ROOT, "  %-24s %d", what, value));
    }
}
