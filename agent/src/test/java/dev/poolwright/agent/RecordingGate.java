package dev.poolwright.agent;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;

/**
 * A gate that writes down what it is told and answers as scripted; lets everything through otherwise. Made at run time,
 * since test code cannot name a class of package java.sql.
 */
public final class RecordingGate implements InvocationHandler {

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Function<Object[], Object>> answers = new HashMap<>();

    /** Puts a new one behind the hook, in place of whatever was there. */
    public static RecordingGate install() throws ReflectiveOperationException {
        Class<?> hook = Class.forName("java.sql.PoolwrightHook");
        RecordingGate gate = new RecordingGate();
        Object generated = new ByteBuddy()
                .subclass(hook)
                .name("com.acme.GeneratedGate")
                .method(isAbstract())
                .intercept(InvocationHandlerAdapter.of(gate))
                .make()
                .load(RecordingGate.class.getClassLoader())
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
        hook.getMethod("install", hook).invoke(null, generated);
        return gate;
    }

    /** What the gate's method of this name returns; a throwable among them can be thrown by the function itself. */
    public RecordingGate answer(String method, Function<Object[], Object> answer) {
        answers.put(method, answer);
        return this;
    }

    /** Names of the methods called so far, with the class of their first argument if that is an object of interest. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        calls.add(describe(method.getName(), arguments));
        Function<Object[], Object> answer = answers.get(method.getName());
        if (answer != null) {
            return answer.apply(arguments);
        }
        return switch (method.getName()) {
            case "connected", "driverConnected", "dataSourceConnected" -> arguments[1];
            case "makesRoom" -> false;
            default -> null;
        };
    }

    private static String describe(String name, Object[] arguments) {
        StringBuilder text = new StringBuilder(name);
        if (name.startsWith("session")) {
            text.append(' ').append(arguments[0]).append(' ').append(nameOf(arguments[1]));
            if (name.equals("sessionPointLeft") && arguments[3] != null) {
                text.append(" threw ").append(nameOf(arguments[3]));
            }
        } else if (name.startsWith("dataSource")
                || name.equals("connecting")
                || name.matches("driver(Entered|Connected|Left|Gone)")) {
            text.append(' ').append(nameOf(arguments[0]));
        } else if (name.equals("suppressed")) {
            text.append(' ').append(arguments[0]).append(' ').append(nameOf(arguments[1]));
        }
        return text.toString();
    }

    private static String nameOf(Object object) {
        if (object == null) {
            return "null";
        }
        // Not getSimpleName: it looks at the enclosing class, which a woven copy in a loader of its own does not have.
        String name = object.getClass().getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
