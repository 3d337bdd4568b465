package com.acme.orders.billing;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An invoice and its lines. */
@Entity
@Table(name = "invoice")
class Invoice {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "invoice_number")
    @SequenceGenerator(name = "invoice_number", sequenceName = "invoice_number", allocationSize = 50)
    private Long id;

    @Column(name = "customer_id")
    private int customer;

    private String state = "DRAFT";

    private BigDecimal amount = BigDecimal.ZERO;

    @OneToMany(mappedBy = "invoice", cascade = CascadeType.ALL)
    private List<InvoiceLine> lines = new ArrayList<>();

    protected Invoice() {}

    Invoice(int customer) {
        this.customer = customer;
    }

    void add(String text, BigDecimal price) {
        lines.add(new InvoiceLine(this, text, price));
        amount = amount.add(price);
    }

    void sent() {
        state = "SENT";
    }

    Long id() {
        return id;
    }

    int customer() {
        return customer;
    }

    String state() {
        return state;
    }

    BigDecimal amount() {
        return amount;
    }
}
