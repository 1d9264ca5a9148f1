/// Answers of HAProxy 2.6.12 to `show stat`.
enum HAProxyRecording {
  /// Two servers are up; `a` has a request in hand. Before there was one, eight clients got 503.
  static let busy = """
    # pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,\
    status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,\
    type,rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,\
    hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,\
    comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,\
    agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,\
    agent_fall,agent_health,addr,cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,\
    dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,rtime_max,\
    ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,need_conn_est,uweight,agg_server_status,\
    agg_server_check_status,agg_check_status,-,ssl_sess,ssl_reused_sess,ssl_failed_handshake,\
    h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,h2_goaway_rcvd,\
    h2_detected_conn_protocol_errors,h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,\
    h2_open_connections,h2_backend_open_streams,h2_total_connections,h2_backend_total_streams,\
    h1_open_connections,h1_open_streams,h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,\
    h1_spliced_bytes_in,h1_spliced_bytes_out,
    fleet,FRONTEND,,,2,2,2000,12,1480,2688,0,0,0,,,,,OPEN,,,,,,,,,1,2,0,,,,0,2,0,5,,,,0,8,0,0,8,0,,7,7,\
    17,,,0,0,0,0,,,,,,,,,,,,,,,,,,,,,http,,2,5,12,0,0,0,0,,,0,0,,,,,,,0,,,,,,,,,-,0,0,0,0,0,0,0,0,0,0,0,\
    0,0,0,0,0,2,1,12,17,1721,2830,0,0,
    instances,a,0,0,1,1,,6,431,595,,0,,0,0,0,0,UP,1,1,0,0,1,3,1,,1,3,1,,6,,2,4,,4,L7OK,200,0,0,5,0,0,0,\
    0,,,,5,0,0,,,,,1,,,0,0,1,1,,,,Layer7 check passed,,3,2,4,,,,127.0.0.1:35033,,http,,,,,,,,0,6,0,,,0,\
    0,0,0,5,5,0,0,0,1,1,1,,,,-,0,0,0,,,,,,,,,,,,,,,,,,,,,,
    instances,b,0,0,0,1,,3,225,357,,0,,0,0,0,0,UP,1,1,0,0,1,2,2,,1,3,2,,3,,2,3,,3,L7OK,200,0,0,3,0,0,0,\
    0,,,,3,0,0,,,,,1,,,0,0,2,2,,,,Layer7 check passed,,3,2,4,,,,127.0.0.1:46855,,http,,,,,,,,0,3,0,,,0,\
    0,0,0,4,4,0,0,0,0,1,1,,,,-,0,0,0,,,,,,,,,,,,,,,,,,,,,,
    instances,BACKEND,0,0,1,1,200,17,1480,2688,0,0,,8,0,0,0,UP,2,2,0,,0,3,1,,1,3,0,,9,,1,7,,7,,,,0,8,0,\
    0,8,0,,,,16,0,0,0,0,0,0,1,,,0,0,1,1,,,,,,,,,,,,,,http,roundrobin,,,,,,,0,9,0,0,0,,,0,0,5,5,0,,,,,2,\
    0,0,0,-,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,23,23,2593,1118,0,0,
    """

  /// Nothing listens at the port of `dead`, and `frozen` accepts connections without an answer. Two removed servers have
  /// answered eight requests, and broke off one.
  static let down = """
    # pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,\
    status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,\
    type,rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,\
    hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,\
    comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,\
    agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,\
    agent_fall,agent_health,addr,cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,\
    dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,rtime_max,\
    ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,need_conn_est,uweight,agg_server_status,\
    agg_server_check_status,agg_check_status,-,ssl_sess,ssl_reused_sess,ssl_failed_handshake,\
    h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,h2_goaway_rcvd,\
    h2_detected_conn_protocol_errors,h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,\
    h2_open_connections,h2_backend_open_streams,h2_total_connections,h2_backend_total_streams,\
    h1_open_connections,h1_open_streams,h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,\
    h1_spliced_bytes_in,h1_spliced_bytes_out,
    fleet,FRONTEND,,,1,2,2000,12,1587,2897,0,0,0,,,,,OPEN,,,,,,,,,1,2,0,,,,0,0,0,5,,,,0,8,0,0,9,0,,0,7,\
    17,,,0,0,0,0,,,,,,,,,,,,,,,,,,,,,http,,0,5,12,0,0,0,0,,,0,0,,,,,,,0,,,,,,,,,-,0,0,0,0,0,0,0,0,0,0,0,\
    0,0,0,0,0,1,0,12,17,1721,3055,0,0,
    instances,dead,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN,1,1,0,0,1,2,2,,1,3,1,,0,,2,0,,0,L4CON,,0,0,0,0,0,0,0,\
    ,,,0,0,0,,,,,-1,Connection refused,,0,0,0,0,,,,Layer4 connection problem,,3,2,0,,,,127.0.0.1:1,,\
    http,,,,,,,,0,0,0,,,0,0,0,0,0,0,0,0,0,0,1,1,,,,-,0,0,0,,,,,,,,,,,,,,,,,,,,,,
    instances,frozen,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN,1,1,0,0,1,1,1,,1,3,2,,0,,2,0,,0,L7TOUT,,1001,0,0,0,\
    0,0,0,,,,0,0,0,,,,,-1,,,0,0,0,0,,,,Layer7 timeout,,3,2,0,,,,127.0.0.1:44709,,http,,,,,,,,0,0,0,,,0,\
    0,0,0,0,0,0,0,0,0,1,1,,,,-,0,0,0,,,,,,,,,,,,,,,,,,,,,,
    instances,BACKEND,0,0,0,1,200,17,1587,2897,0,0,,8,1,0,0,DOWN,0,0,0,,1,1,3,,1,3,0,,9,,1,0,,7,,,,0,8,\
    0,0,9,0,,,,17,0,0,0,0,0,0,3,,,0,0,1,1,,,,,,,,,,,,,,http,roundrobin,,,,,,,0,9,0,0,0,,,0,0,5,5,0,,,,,\
    0,0,0,0,-,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,28,28,2593,1147,0,0,
    """
}
