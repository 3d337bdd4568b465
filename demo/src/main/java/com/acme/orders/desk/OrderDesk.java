package com.acme.orders.desk;

import com.acme.orders.catalogue.Article;
import com.acme.orders.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The desk: every request has a number, and the number decides what is asked for. So two days with as many requests
 * have the same business, whichever clerk served which request. Any thread may call.
 */
public final class OrderDesk {

    private static final int CUSTOMERS = 400;

    private final Catalogue catalogue;
    private final OrderDao orders;
    private final ReservationDao reservations;

    private final AtomicLong placed = new AtomicLong();
    private final AtomicLong placedCents = new AtomicLong();
    private final AtomicLong placedLines = new AtomicLong();
    private final AtomicLong placedPieces = new AtomicLong();
    private final AtomicLong declined = new AtomicLong();
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong notReserved = new AtomicLong();
    private final AtomicLong inquiries = new AtomicLong();

    public OrderDesk(Catalogue catalogue, String url, String user, String password) {
        this.catalogue = catalogue;
        this.orders = new OrderDao(url, user, password);
        this.reservations = new ReservationDao(url, user, password);
    }

    /**
     * Serves one request.
     *
     * @param of how many requests the day has; articles that are no longer sold are asked for in its first half
     */
    public void serve(int request, int of) throws SQLException {
        int customer = 1 + request % CUSTOMERS;
        if (request % 10 == 3) {
            reserve(customer, request, of);
        } else if (request % 10 == 7) {
            orders.valueOf(customer);
            inquiries.incrementAndGet();
        } else {
            place(customer, request);
        }
    }

    private void place(int customer, int request) throws SQLException {
        List<OrderDao.Line> lines = new ArrayList<>();
        List<Article> found = catalogue.find(request % 2 == 0 ? "panel" : "bolt");
        int quantity = request % 40 == 9 ? 60 : 1;
        for (int i = 0; i < 3; i++) {
            lines.add(new OrderDao.Line(found.get((request * 7 + i * 13) % found.size()), quantity + i));
        }
        // Everybody takes from the shelves in the same order, or two orders could wait for each other.
        lines.sort(Comparator.comparingInt(line -> line.article().id()));
        long total = orders.place(customer, lines);
        if (total < 0) {
            declined.incrementAndGet();
            return;
        }
        placed.incrementAndGet();
        placedCents.addAndGet(total);
        for (OrderDao.Line line : lines) {
            placedLines.incrementAndGet();
            placedPieces.addAndGet(line.quantity());
        }
    }

    private void reserve(int customer, int request, int of) throws SQLException {
        boolean outdated = request < of / 2 && request % 30 == 13;
        int article = outdated ? 50 * (1 + request % 16) : 1 + request % 49;
        if (reservations.reserve(customer, article, 2)) {
            reserved.incrementAndGet();
        } else {
            notReserved.incrementAndGet();
        }
    }

    public long placed() {
        return placed.get();
    }

    public long placedCents() {
        return placedCents.get();
    }

    public long placedLines() {
        return placedLines.get();
    }

    public long placedPieces() {
        return placedPieces.get();
    }

    /** Orders that were rolled back because the customer's credit did not cover them. */
    public long declined() {
        return declined.get();
    }

    public long reserved() {
        return reserved.get();
    }

    /** Reservations refused because the article is no longer sold. */
    public long notReserved() {
        return notReserved.get();
    }

    public long inquiries() {
        return inquiries.get();
    }
}
