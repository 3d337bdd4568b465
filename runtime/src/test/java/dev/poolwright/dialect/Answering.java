package dev.poolwright.dialect;

import java.lang.reflect.Proxy;
import java.util.Map;

/** An object of an interface of a driver's that gives fixed answers; a throwable is thrown. */
final class Answering {

    private Answering() {}

    static <T> T of(Class<T> type, Map<String, ?> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer instanceof Throwable failure) {
                        throw failure;
                    }
                    return answer;
                }));
    }
}
