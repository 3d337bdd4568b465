package com.acme.orders.catalogue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/**
 * All articles, read once, with an index over every piece of a word so that clerks may type any part of a name.
 *
 * <p>The index is rebuilt several times a second: prices used to change during the day, and nobody remembers whether
 * they still do. The last ones are kept for customers who quote from an older one. Any thread may look articles up.
 */
public final class Catalogue implements AutoCloseable {

    private static final long REBUILD_MILLIS = 60;
    private static final int PAST = 40;

    private final Map<Integer, Article> articles = new HashMap<>();
    private final Deque<Map<String, List<Article>>> past = new ArrayDeque<>();
    private volatile Map<String, List<Article>> index = Map.of();
    private final Timer rebuilding = new Timer("catalogue", true);

    /** Reads the articles with a connection of its own. */
    public Catalogue(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, name, price from article")) {
            while (rows.next()) {
                int id = rows.getInt(1);
                long cents = rows.getBigDecimal(3).movePointRight(2).longValueExact();
                articles.put(id, new Article(id, rows.getString(2), cents));
            }
        }
        publish(index(articles));
        rebuilding.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        publish(index(articles));
                    }
                },
                REBUILD_MILLIS,
                REBUILD_MILLIS);
    }

    /** The article with this number. */
    public Article article(int id) {
        Article article = articles.get(id);
        if (article == null) {
            throw new IllegalArgumentException("no article " + id);
        }
        return article;
    }

    /** How many articles there are. */
    public int size() {
        return articles.size();
    }

    /** The articles that have these letters in a word of their name. */
    public List<Article> find(String letters) {
        return index.getOrDefault(letters.toLowerCase(Locale.ROOT), List.of());
    }

    private void publish(Map<String, List<Article>> newest) {
        index = newest;
        past.addLast(newest);
        if (past.size() > PAST) {
            past.removeFirst();
        }
    }

    private static Map<String, List<Article>> index(Map<Integer, Article> articles) {
        Map<String, List<Article>> index = new HashMap<>();
        for (Article article : articles.values()) {
            for (String word : article.name().toLowerCase(Locale.ROOT).split(" ", -1)) {
                for (int from = 0; from < word.length(); from++) {
                    for (int to = from + 2; to <= word.length(); to++) {
                        index.computeIfAbsent(word.substring(from, to), piece -> new ArrayList<>())
                                .add(article);
                    }
                }
            }
        }
        return index;
    }

    @Override
    public void close() {
        rebuilding.cancel();
    }
}
