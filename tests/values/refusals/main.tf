# What is refused or was read differently: dates, patterns, marks, sets.

variable "names" {
  type    = list(string)
  default = ["b", "a", "c"]
}

variable "null_list" {
  type    = list(string)
  default = null
}

variable "null_map" {
  type    = map(number)
  default = null
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
}

variable "objs" {
  type = list(object({
    name  = string
    size  = optional(number, 3)
    tags  = optional(map(string), { d = "e" })
    inner = optional(object({ x = optional(bool, true), y = optional(list(string)) }), {})
    none  = optional(string)
  }))
  default = [{ name = "a" }, { name = 2, size = "7", tags = { q = 1 }, inner = { x = "false" }, none = "n" }, { name = "c", size = null, tags = null, inner = null }]
}

variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}

output "group_1" {
  value = [
    try([[for x,x in [1]: x]], "refused"),
    try([can(1/0)], "refused"),
    try([formatdate("''''","2020-03-04T00:06:07Z")], "refused"),
    try([formatdate("''''","2020-03-04T15:06:07-03:30")], "refused"),
    try([formatdate("''''","2021-11-21T12:00:00+05:45")], "refused"),
    try([formatdate("DD MMM YYYY hh:mm ZZZ","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("DD MMM YYYY hh:mm ZZZ","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("EEE","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("EEE","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("EEEE, DD-MMM-YY hh:mm:ss ZZZ","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("EEEE, DD-MMM-YY hh:mm:ss ZZZ","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("H:mm AA","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("H:mm AA","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("HH aa","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("HH aa","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("M/D/YY","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("M/D/YY","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("MMMM D, YYYY","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("MMMM D, YYYY","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("YYYY-MM-DD","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("YYYY-MM-DD","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("Z","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("Z","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("ZZZZ","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("ZZZZ","2020-06-15T00:30:00+24:00")], "refused"),
  ]
}

output "group_2" {
  value = [
    try([formatdate("ZZZZZ","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("ZZZZZ","2020-06-15T00:30:00+24:00")], "refused"),
    try([formatdate("h:m:s","2020-01-02t03:04:05z")], "refused"),
    try([formatdate("h:m:s","2020-06-15T00:30:00+24:00")], "refused"),
    try([issensitive(alltrue([sensitive(true)]))], "refused"),
    try([issensitive(anytrue([true,sensitive(true)]))], "refused"),
    try([issensitive(coalesce("b",sensitive("a")))], "refused"),
    try([issensitive(coalescelist([sensitive("a")]))], "refused"),
    try([issensitive(contains([sensitive("a")],"a"))], "refused"),
    try([issensitive(distinct([sensitive("a"),"a"]))], "refused"),
    try([issensitive(false && sensitive(true))], "refused"),
    try([issensitive(matchkeys([sensitive("a")],["k"],["k"]))], "refused"),
    try([issensitive(toset([sensitive("a"),"b"]))], "refused"),
    try([issensitive(true || sensitive(true))], "refused"),
    try([regexall("(?P<n>a)(b)","")], "refused"),
    try([regexall("(?P<n>a)(b)","A.+é")], "refused"),
    try([regexall("(?P<n>a)(b)","a\nb")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","+5m")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","-1ns")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00",".5h")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","0")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","1.5h")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","1.h")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","100ms")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","10s")], "refused"),
  ]
}

output "group_3" {
  value = [
    try([timeadd("2020-01-02T03:04:05+00:00","1h")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","1us")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","1µs")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","24h")], "refused"),
    try([timeadd("2020-01-02T03:04:05+00:00","8760h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","+5m")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","-1h30m")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00",".5h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","0")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","1.5h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","1.h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","100ms")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","10s")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","1h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","1us")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","1µs")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","24h")], "refused"),
    try([timeadd("2020-01-02T03:04:05-00:00","8760h")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","+5m")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","-1h30m")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","-1ns")], "refused"),
    try([timeadd("2020-01-02t03:04:05z",".5h")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","0")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","1.5h")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","1.h")], "refused"),
  ]
}

output "group_4" {
  value = [
    try([timeadd("2020-01-02t03:04:05z","100ms")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","10s")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","1us")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","1µs")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","24h")], "refused"),
    try([timeadd("2020-01-02t03:04:05z","8760h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","+5m")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","-1h30m")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","-1ns")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00",".5h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","0")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","1.5h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","1.h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","100ms")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","10s")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","1h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","1µs")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","24h")], "refused"),
    try([timeadd("2020-06-15T00:30:00+24:00","8760h")], "refused"),
    try([timecmp("2020-01-02t03:04:05z","0001-01-01T00:00:00Z")], "refused"),
    try([timecmp("2020-01-02t03:04:05z","1999-12-31T00:00:00-08:00")], "refused"),
    try([timecmp("2020-01-02t03:04:05z","2020-01-02T03:04:05Z")], "refused"),
    try([timecmp("2020-01-02t03:04:05z","2020-01-02T13:04:05.678Z")], "refused"),
    try([timecmp("2020-01-02t03:04:05z","2020-02-29T23:59:59+05:30")], "refused"),
    try([try(base64decode("\n\n"),"no")], "refused"),
  ]
}

output "group_5" {
  value = [
    try([alltrue([{a=1},null])], "refused"),
    try([anytrue([true,"x"])], "refused"),
    try([anytrue(toset(["1",2]))], "refused"),
    try([anytrue(var.tuple)], "refused"),
    try([coalescelist([1,"a"],{})], "refused"),
    try([coalescelist([1,2,3],1.5)], "refused"),
    try([coalescelist([1],{b=[1,2],a=["x"]})], "refused"),
    try([coalescelist([3,1,2],"é́x")], "refused"),
    try([coalescelist([3,1,2],1)], "refused"),
    try([coalescelist([[1,2],[3,[4]]],"")], "refused"),
    try([coalescelist([true,"x"],toset([[1],[2]]))], "refused"),
    try([coalescelist([true,"x"],toset([{a=2},{a=1}]))], "refused"),
    try([coalescelist([{a=1},{a=2}],1)], "refused"),
    try([coalescelist([{a=1},{a=2}],true)], "refused"),
    try([coalescelist([{a=1},{b=2}],"1")], "refused"),
    try([coalescelist(toset(["b","a"]))], "refused"),
    try([coalescelist(toset([2,1,10]),[3,1,2])], "refused"),
    try([coalescelist(toset([2,1,10]),var.null_map)], "refused"),
    try([coalescelist(toset([[1],[2]]))], "refused"),
    try([coalescelist(toset([[1],[2]]),2)], "refused"),
    try([coalescelist(toset([{a=2},{a=1}]))], "refused"),
    try([coalescelist(toset([{a=2},{a=1}]),[{a=1},{b=2}])], "refused"),
    try([coalescelist(var.names,1)], "refused"),
    try([coalescelist(var.null_list,[true,false])], "refused"),
    try([coalescelist(var.null_list,var.numbers)], "refused"),
  ]
}

output "group_6" {
  value = [
    try([coalescelist(var.null_list,var.objs)], "refused"),
    try([setproduct(["a"])], "refused"),
    try([setproduct(["b","a","b"],toset(["b","a"]))], "refused"),
    try([setproduct(["b","a","b"],toset([[1],[2]]))], "refused"),
    try([setproduct(["b","a","b"],toset([{a=2},{a=1}]))], "refused"),
    try([setproduct([1,"a"])], "refused"),
    try([setproduct([1])], "refused"),
    try([setproduct([])], "refused"),
    try([setproduct([true,"x"])], "refused"),
    try([setproduct([true,false])], "refused"),
    try([setproduct([{a=1},{a=2}])], "refused"),
    try([setproduct([{a=1},{a=2}],toset([2,1,10]))], "refused"),
    try([setproduct([{a=1},{b=2}])], "refused"),
    try([setproduct([{a=1},{b=2}],toset([2,1,10]))], "refused"),
    try([setproduct(tolist(["b","a","b"]))], "refused"),
    try([setproduct(tolist([[1],[2,3]]))], "refused"),
    try([setproduct(tolist([]))], "refused"),
    try([setproduct(toset(["1",2]))], "refused"),
    try([setproduct(toset(["b","a"]))], "refused"),
    try([setproduct(toset([[1],[2]]))], "refused"),
    try([setproduct(toset([]))], "refused"),
    try([setproduct(var.names)], "refused"),
    try([setproduct(var.numbers)], "refused"),
    try([setproduct(var.tuple)], "refused"),
    try([signum(1e20)], "refused"),
  ]
}
