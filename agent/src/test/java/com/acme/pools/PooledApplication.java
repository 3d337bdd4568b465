package com.acme.pools;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.acme.pools.OpenPool.Setup;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

/**
 * Uses every pool as an application with several threads does, keeps one connection of each to the end and closes it on
 * another thread. Arguments: port and database.
 */
public final class PooledApplication {

    private static final Map<String, Setup> POOLS = new LinkedHashMap<>();

    static {
        POOLS.put("hikari", PoolsByUrl::hikari);
        POOLS.put("dbcp1", PoolsByUrl::dbcp1);
        POOLS.put("dbcp2", PoolsByUrl::dbcp2);
        POOLS.put("tomcat_jdbc", PoolsByUrl::tomcatJdbc);
        POOLS.put("tomcat_dbcp", PoolsByUrl::tomcatDbcp);
        POOLS.put("c3p0", PoolsByUrl::c3p0);
        POOLS.put("druid", PoolsByUrl::druid);
        POOLS.put("agroal", PoolsByUrl::agroal);
        POOLS.put("vibur", PoolsByUrl::vibur);
        POOLS.put("ucp", PoolsByUrl::ucp);
        POOLS.put("hibernate", PoolsByUrl::hibernate);
        POOLS.put("mybatis", PoolsByUrl::myBatis);
        POOLS.put("proxool", PoolsByUrl::proxool);
        POOLS.put("bonecp", PoolsByUrl::boneCp);
        POOLS.put("dbpool", PoolsByUrl::dbPool);
        POOLS.put("bitronix", PoolsByUrl::bitronix);
        POOLS.put("ironjacamar", PoolsByUrl::ironJacamar);
        POOLS.put("hikari_source", PoolsBySource::hikari);
        POOLS.put("hikari_class", PoolsBySource::hikariByClass);
        POOLS.put("dbcp1_source", PoolsBySource::dbcp1);
        POOLS.put("dbcp2_source", PoolsBySource::dbcp2);
        POOLS.put("dbcp2_shared", PoolsBySource::dbcp2SharedPool);
        POOLS.put("dbcp2_per_user", PoolsBySource::dbcp2OverPooled);
        POOLS.put("tomcat_jdbc_source", PoolsBySource::tomcatJdbc);
        POOLS.put("c3p0_source", PoolsBySource::c3p0);
        POOLS.put("agroal_class", PoolsBySource::agroal);
        POOLS.put("agroal_xa", PoolsBySource::agroalXa);
        POOLS.put("vibur_source", PoolsBySource::vibur);
        POOLS.put("ucp_class", PoolsBySource::ucp);
        POOLS.put("bonecp_source", PoolsBySource::boneCp);
        POOLS.put("bitronix_xa", PoolsBySource::bitronix);
        POOLS.put("ironjacamar_class", PoolsBySource::ironJacamar);
    }

    private PooledApplication() {}

    /** The sections of what is printed. */
    public static List<String> pools() {
        return List.copyOf(POOLS.keySet());
    }

    static Map<String, Setup> setups() {
        return POOLS;
    }

    public static void main(String[] arguments) throws Exception {
        // Pools like to talk.
        LogManager.getLogManager().reset();
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.jdk14logging.Jdk14MLog");
        Server server = new Server(Integer.parseInt(arguments[0]), arguments[1]);
        List<Use> uses = new ArrayList<>();
        try (Connection watching = server.connect("watching")) {
            Database.execute(watching, "create table tally (pool varchar(40) primary key, n int)");
            for (Map.Entry<String, Setup> pool : POOLS.entrySet()) {
                Use use = new Use(server, pool.getKey(), pool.getValue(), watching);
                use.begin();
                use.besideTheApplicationsOwn();
                uses.add(use);
            }
            collectGarbage();
            for (Use use : uses) {
                use.end();
            }
            new Script("tally").step("all", () -> Database.column(watching, "select n from tally order by pool"));
        }
        System.exit(0); // some leave threads behind
    }

    /** Whoever mistakes a connection that a pool keeps for one that nobody has would say so now. */
    private static void collectGarbage() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }
}
