package com.acme.orders.billing;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** One line of an invoice. */
@Entity
@Table(name = "invoice_line")
class InvoiceLine {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "invoice_line_number")
    @SequenceGenerator(name = "invoice_line_number", sequenceName = "invoice_line_number", allocationSize = 50)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Invoice invoice;

    private String text;

    private BigDecimal amount;

    protected InvoiceLine() {}

    InvoiceLine(Invoice invoice, String text, BigDecimal amount) {
        this.invoice = invoice;
        this.text = text;
        this.amount = amount;
    }

    Long id() {
        return id;
    }

    Invoice invoice() {
        return invoice;
    }

    String text() {
        return text;
    }

    BigDecimal amount() {
        return amount;
    }
}
