package com.acme.compat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One method of application code. */
public record Scenario(Class<?> subject, Method method) {

    /** All of these classes for this database, in an order that is the same in every run. */
    public static List<Scenario> of(List<Class<?>> subjects, Kind kind) {
        List<Scenario> all = new ArrayList<>();
        for (Class<?> subject : subjects) {
            if (!isOn(subject.getAnnotation(On.class), kind)) {
                continue; // its methods cannot even be listed without the driver
            }
            Stream.of(subject.getDeclaredMethods())
                    .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Db.class, Log.class}))
                    .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                    .filter(method -> isOn(method.getAnnotation(On.class), kind))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> all.add(new Scenario(subject, method)));
        }
        return all;
    }

    public String name() {
        return subject.getSimpleName() + "." + method.getName();
    }

    /** What its tables are called after. */
    String shortName() {
        return method.getName().length() <= 24
                ? method.getName()
                : method.getName().substring(0, 20) + Math.abs(method.getName().hashCode() % 1000);
    }

    private static boolean isOn(On on, Kind kind) {
        return on == null
                || Arrays.asList(on.value()).contains(kind)
                || Arrays.asList(on.value()).contains(kind.database());
    }

    boolean isAlone() {
        return method.isAnnotationPresent(Alone.class) || subject.isAnnotationPresent(Alone.class);
    }

    void play(Db db, Log log) {
        try {
            method.invoke(subject.getDeclaredConstructor().newInstance(), db, log);
        } catch (InvocationTargetException failed) {
            log.note("ended with", failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(name(), impossible);
        }
    }
}
