"""The law's pages at the desk: the company's facts, the notice, the papers, the audit."""
