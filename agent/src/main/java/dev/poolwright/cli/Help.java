package dev.poolwright.cli;

/** What {@code --help} says. */
final class Help {

    private static final String[] LINES = {
        "Poolwright pools the JDBC connections of a Java application that is not to be changed.",
        "",
        "    java -javaagent:poolwright.jar -jar application.jar",
        "    java -javaagent:poolwright.jar=pool.size=10,log=poolwright.log -jar application.jar",
        "",
        "Settings are agent arguments (pool.size=10), system properties (-Dpoolwright.pool.size=10), environment variables",
        "(POOLWRIGHT_POOL_SIZE=10) or lines of a file (config=FILE). mode=off switches everything off.",
        "",
        "While it runs, as the same user on the same machine:",
        "",
        "    java -jar poolwright.jar list                          JVMs, and which of them have Poolwright",
        "    java -jar poolwright.jar attach PID [name=value ...]   starts it in a JVM that runs already",
        "    java -jar poolwright.jar status PID                    engines with their counts, settings and where those come from",
        "    java -jar poolwright.jar holders PID                   who has a connection now, and since when",
        "    java -jar poolwright.jar leaks PID                     which lines of code lose connections",
        "    java -jar poolwright.jar doctor PID                    what is not well, and what to do",
        "    java -jar poolwright.jar report PID                    with mode=observe: what pooling would do",
        "    java -jar poolwright.jar set PID name=value ...        changes settings until the JVM ends; name= takes it back",
        "    java -jar poolwright.jar set PID mode=pool|observe|off",
        "    java -jar poolwright.jar resize PID ENGINE=10[+20]     size, and overflow",
        "    java -jar poolwright.jar drain PID [ENGINE] [--wait=30]  lends no more, waits until all is back, closes what is idle",
        "    java -jar poolwright.jar resume PID [ENGINE]           ends that",
        "    java -jar poolwright.jar dispose PID [ENGINE]          closes idle connections now, lent ones when they come back",
        "    java -jar poolwright.jar detach PID                    the application goes on with plain connections",
        "    java -jar poolwright.jar jmx PID                       registers the MBeans, even if nobody has used JMX yet",
        "    java -jar poolwright.jar console PID                   the link of its page, where it was started with console=PORT",
        "",
        "    --json          status, holders, leaks, doctor, report, list: for programs",
        "    --watch[=2]     the same questions again every so many seconds, 0.1 to 4, until you press Ctrl-C",
        "    --help          this",
        "",
        "Ends with 0 all is well, 1 doctor found something, 2 wrong usage, 3 no such JVM, 4 it is another user's, 5 Poolwright",
        "is not in it, 6 it cannot be asked, 7 it refused (no such engine or setting), 8 begun and not finished in time.",
    };

    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder();
        for (String line : LINES) {
            text.append(line).append(System.lineSeparator());
        }
        return text.toString();
    }
}
