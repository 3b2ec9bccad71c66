from_tfvars_o   = { n = "5", s = ["b", "a", "b", 1], l = ["1", 2], o = {} }
from_tfvars_lm  = [{ a = 1, b = true }, {}]
from_tfvars_any = [1, "a", { x = null }]
from_tfvars_n   = "007"
from_tfvars_b   = "1"
from_tfvars_s   = 1.50
from_tfvars_t   = ["1", [true, 2], { a = 1, b = 2 }]
