package com.acme.shapes;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/** The shop on the web: whose driver it uses is in the answer. */
public final class ShopServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String application = request.getContextPath().substring(1);
        try {
            Shop.open(application);
        } catch (Exception failure) {
            throw new ServletException(failure);
        }
        boolean own = org.h2.Driver.class.getClassLoader() == ShopServlet.class.getClassLoader();
        try (PrintWriter answer = response.getWriter()) {
            answer.print(own ? "with a driver of its own" : "with the server's driver");
        }
    }

    /** As a web application should: not every server does it. */
    @Override
    public void destroy() {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == ShopServlet.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException refused) {
                    throw new IllegalStateException(refused);
                }
            }
        }
    }
}
