package dev.poolwright.gate;

import dev.poolwright.event.Leak;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is still held when the JVM ends: one line per engine or kind of session, the lines of code counted in it. */
final class ExitReport {

    private ExitReport() {}

    static void write(List<Leak> held, GateLog log) {
        Map<String, Map<String, Integer>> sitesByWhat = new LinkedHashMap<>();
        for (Leak leak : held) {
            Map<String, Integer> sites = sitesByWhat.get(leak.what());
            if (sites == null) {
                sites = new LinkedHashMap<>();
                sitesByWhat.put(leak.what(), sites);
            }
            Integer known = sites.get(leak.site());
            sites.put(leak.site(), known == null ? 1 : known + 1);
        }
        for (Map.Entry<String, Map<String, Integer>> each : sitesByWhat.entrySet()) {
            int count = 0;
            StringBuilder list = new StringBuilder();
            for (Map.Entry<String, Integer> site : each.getValue().entrySet()) {
                count += site.getValue();
                list.append(list.length() == 0 ? "" : ", ").append(site.getKey());
                list.append(" (").append(site.getValue()).append(')');
            }
            log.warn("at exit: " + count + " x " + each.getKey() + " never closed: " + list + ". [PW-203]");
        }
    }
}
